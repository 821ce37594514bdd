//! The main help page: the commands in groups, and examples.

use clap::{Arg, Command, CommandFactory};

use crate::args::Args;

/// The commands in the order in which the help lists them. A command that is not built in is left
/// out.
const GROUPS: &[(&str, &[&str])] = &[
    (
        "Everything about some designs",
        &["report", "check", "compare", "regress"],
    ),
    (
        "One question",
        &[
            "keyspace",
            "dial",
            "contact",
            "tolerance",
            "resist",
            "emergency",
        ],
    ),
    ("Search", &["sweep", "optimize", "sensitivity", "identify"]),
    (
        "Files and lists",
        &["new", "export", "schema", "list", "completions", "man"],
    ),
];

const EXAMPLES: &str = "\
Examples:
  wheelpack report lock.json --out report        the page on a design
  wheelpack compare old.json new.json            what a change does
  wheelpack list findings                        every finding, with its code
  wheelpack completions bash > wheelpack.bash    completion for a shell

With -q a command writes nothing to standard error but errors. new, schema,
list, completions and man never do, and take no -q.
Exit codes: 0 fine, 1 findings or regression, 2 could not run, 130 interrupted.
`wheelpack COMMAND --help` explains a command.";

const TEMPLATE: &str = "\
{about-with-newline}
{usage-heading} {usage}

{before-help}Options:
{options}{after-help}";

/// The clap command, with the help page put together.
pub(crate) fn command() -> Command {
    let command = Args::command();
    let list = grouped(&command);
    // A negative number is a value out of range, not an option.
    let takes_number = |arg: Arg| match arg.get_long() {
        Some(_) if arg.get_action().takes_values() => arg.allow_negative_numbers(true),
        _ => arg,
    };
    command
        .mut_subcommands(|sub| sub.mut_args(takes_number))
        .before_help(list)
        .subcommand_value_name("COMMAND")
        .help_template(TEMPLATE)
        .after_help(EXAMPLES)
        .disable_help_subcommand(true)
        .arg_required_else_help(true)
}

/// The clap command as it is defined, for pages that lay it out themselves.
pub(crate) fn plain() -> Command {
    Args::command()
        .after_help(EXAMPLES)
        .disable_help_subcommand(true)
}

fn grouped(command: &Command) -> String {
    let heading = *command.get_styles().get_header();
    let mut text = String::new();
    for (title, names) in GROUPS {
        let commands: Vec<&Command> = names
            .iter()
            .filter_map(|name| command.find_subcommand(name))
            .collect();
        if commands.is_empty() {
            continue;
        }
        text += &format!("{heading}{title}:{heading:#}\n");
        for command in commands {
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            text += &format!("  {:<12} {about}\n", command.get_name());
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        command().debug_assert();
    }

    #[test]
    fn every_command_is_in_exactly_one_group_and_says_what_it_does_in_a_line() {
        for command in command().get_subcommands() {
            let name = command.get_name();
            let groups = GROUPS
                .iter()
                .filter(|(_, names)| names.contains(&name))
                .count();
            assert_eq!(
                groups, 1,
                "{name} is in {groups} groups of GROUPS in help.rs"
            );
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!((1..=65).contains(&about.chars().count()), "{name}: {about}");
        }
    }

    #[test]
    fn the_commands_without_quiet_are_those_that_the_help_names() {
        let command = command();
        let takes = |c: &&Command| c.get_arguments().any(|a| a.get_long() == Some("quiet"));
        let (with, without): (Vec<_>, Vec<_>) = command.get_subcommands().partition(takes);
        assert!(with.len() > 10);
        let names = |text: &str| -> Vec<String> {
            let of = text
                .split("but errors.")
                .nth(1)
                .and_then(|t| t.split("never").next());
            let words = of.unwrap_or_default().split(|c: char| !c.is_alphabetic());
            words
                .filter(|w| !w.is_empty() && *w != "and")
                .map(str::to_owned)
                .collect()
        };
        let mut told = names(EXAMPLES);
        let mut are: Vec<&str> = without.iter().map(|c| c.get_name()).collect();
        told.sort();
        are.sort_unstable();
        assert_eq!(told, are);
    }

    #[test]
    fn the_help_fits_80_columns() {
        let command = command().term_width(80);
        let mut pages = vec![command.clone().render_long_help()];
        for sub in command.get_subcommands() {
            pages.push(sub.clone().term_width(80).render_long_help());
        }
        for page in pages.iter().map(ToString::to_string) {
            for line in page.lines() {
                assert!(line.chars().count() <= 80, "{line}");
            }
        }
    }

    #[test]
    fn the_examples_name_real_commands_and_are_not_broken() {
        assert!(EXAMPLES.lines().all(|line| line.chars().count() <= 80));
        let command = command();
        let used: Vec<&str> = EXAMPLES
            .lines()
            .filter_map(|line| line.strip_prefix("  wheelpack "))
            .filter_map(|line| line.split_whitespace().next())
            .collect();
        assert!(!used.is_empty());
        for name in used {
            assert!(command.find_subcommand(name).is_some(), "{name}");
        }
    }
}
