//! Ctrl-C: the first stops after what is in flight (a batch where trials are kept), the second at once.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);
/// Whether the handler stands already: the system takes one.
static IS_SET: AtomicBool = AtomicBool::new(false);

/// The flag that a long computation looks at; set by Ctrl-C or a request to terminate.
///
/// # Errors
/// If the system refuses the handler.
pub(crate) fn on_ctrl_c() -> anyhow::Result<&'static AtomicBool> {
    if IS_SET.swap(true, Ordering::SeqCst) {
        return Ok(&STOP);
    }
    ctrlc::set_handler(|| {
        if is_second(&STOP) {
            std::process::exit(i32::from(crate::failure::INTERRUPTED));
        }
        let message = "stopping after what is in flight; Ctrl-C again stops at once";
        // nothing can be done if standard error is closed
        let _ = writeln!(anstream::stderr(), "\n{message}");
    })?;
    Ok(&STOP)
}

fn is_second(flag: &AtomicBool) -> bool {
    flag.swap(true, Ordering::SeqCst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_signal_asks_and_the_second_insists() {
        let flag = AtomicBool::new(false);
        assert!(!is_second(&flag));
        assert!(flag.load(Ordering::SeqCst));
        assert!(is_second(&flag));
    }
}
