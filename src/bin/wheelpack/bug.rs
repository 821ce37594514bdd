//! What the user sees if the program itself is at fault.

use std::any::Any;
use std::io::Write as _;

/// Replaces Rust's panic message by one that says what to do.
pub(crate) fn install_hook() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        let message = describe(info.payload(), place.as_deref());
        let trace = std::backtrace::Backtrace::capture();
        let mut stderr = anstream::stderr().lock();
        // nothing can be done if standard error is closed
        let _ = stderr.write_all(message.as_bytes());
        if trace.status() == std::backtrace::BacktraceStatus::Captured {
            let _ = writeln!(stderr, "{trace}");
        }
    }));
}

fn describe(payload: &(dyn Any + Send), place: Option<&str>) -> String {
    let what = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    format!(
        "error: this is a bug in wheelpack {}: {what} ({})\n\
         Please report it with the command line and the design file. No report was replaced.\n",
        env!("CARGO_PKG_VERSION"),
        place.unwrap_or("place unknown"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_called_a_bug_and_says_where() {
        let text = describe(&"index out of bounds", Some("src/x.rs:1:2"));
        assert!(text.contains("bug in wheelpack"), "{text}");
        assert!(
            text.contains("index out of bounds (src/x.rs:1:2)"),
            "{text}"
        );
        let text = describe(&String::from("7 is not 8"), None);
        assert!(text.contains("7 is not 8"), "{text}");
    }
}
