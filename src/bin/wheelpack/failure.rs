//! How a command ended, as an exit code.

use crate::out;

/// How a command ended that could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing to complain of.
    Fine,
    /// Findings in a design, or a regression.
    Findings,
    /// The user stopped it; what was done is written.
    Interrupted,
}

/// Exit code: the command could not run.
pub(crate) const COULD_NOT_RUN: u8 = 2;
/// Exit code: stopped by the user.
pub(crate) const INTERRUPTED: u8 = 130;

/// The exit code for what a command returned; says on standard error why it could not run.
pub(crate) fn exit_code(result: anyhow::Result<Outcome>) -> u8 {
    match result {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::Findings) => 1,
        Ok(Outcome::Interrupted) => INTERRUPTED,
        Err(error) => {
            let red = anstyle::AnsiColor::Red.on_default().bold();
            // nothing can be done if standard error is closed
            let _ = out::say(&format!("{red}error:{red:#} {}", chain(&error)));
            COULD_NOT_RUN
        }
    }
}

/// The exit code where the command line is no call; says so, or shows what was asked for.
pub(crate) fn usage(fault: &clap::Error) -> u8 {
    // nothing can be done if the stream is closed
    let _ = match fault.use_stderr() {
        true => out::say(fault.render().ansi().to_string().trim_end()),
        false => fault.print(),
    };
    u8::try_from(fault.exit_code()).unwrap_or(COULD_NOT_RUN)
}

/// The error with its causes, each said once.
fn chain(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text += &format!(": {cause}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn a_cause_that_is_part_of_the_message_is_not_said_twice() {
        let missing = wheelpack::design::source::SourceText::open("no/such/lock.json");
        let error = missing.context("checking").unwrap_err();
        let text = chain(&error);
        assert!(
            text.starts_with("checking: cannot read no/such/lock.json: "),
            "{text}"
        );
        assert_eq!(text.matches("No such file").count(), 1, "{text}");
    }
}
