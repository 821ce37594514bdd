//! A progress bar on standard error, if somebody looks at it.

use std::fmt::Write;

use indicatif::{HumanFloatCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// A bar with rate and time left. It is not drawn if standard error is not a terminal.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar with a word in front; never drawn if `is_silent` (`--quiet`, `--no-progress`).
    pub(crate) fn new(label: &'static str, is_silent: bool) -> Self {
        let target = if is_silent {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        Self::drawn_on(label, target)
    }

    fn drawn_on(label: &'static str, target: ProgressDrawTarget) -> Self {
        let style = ProgressStyle::with_template(
            "{msg} {bar:24} {human_pos}/{human_len} ({percent} %) {rate}/s, {eta} left",
        )
        .expect("the template is well formed")
        .with_key("rate", |state: &ProgressState, to: &mut dyn Write| {
            // nothing can be done if there is no room for it
            let _ = to.write_str(&rate(state.per_sec()));
        });
        let bar = ProgressBar::with_draw_target(None, target)
            .with_style(style)
            .with_message(label);
        Self { bar }
    }

    /// What the library calls, from any thread, with the units done and in all.
    pub(crate) fn callback(&self) -> impl Fn(u64, u64) + Send + Sync + '_ {
        |done, total| {
            if self.bar.length() != Some(total) {
                self.bar.set_length(total);
            }
            self.bar.set_position(done);
        }
    }
}

/// A rate to three digits or more, none of them behind the point where it is large.
fn rate(per_s: f64) -> String {
    let steps = if per_s < 10.0 { 100.0 } else { 1.0 };
    HumanFloatCount((per_s * steps).round() / steps).to_string()
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_follows_what_the_library_reports() {
        let progress = Progress::new("opening", true);
        progress.callback()(3, 10);
        assert_eq!(
            (progress.bar.position(), progress.bar.length()),
            (3, Some(10))
        );
        progress.callback()(12, 20);
        assert_eq!(
            (progress.bar.position(), progress.bar.length()),
            (12, Some(20))
        );
    }

    #[test]
    fn a_rate_is_shown_without_digits_that_nobody_reads() {
        assert_eq!(rate(14_970.25), "14,970");
        assert_eq!(rate(0.123), "0.12");
    }

    #[test]
    fn a_silent_bar_is_hidden() {
        assert!(Progress::new("opening", true).bar.is_hidden());
    }
}
