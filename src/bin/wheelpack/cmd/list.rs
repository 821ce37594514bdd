//! `wheelpack list [KIND]`

use serde_json::json;
use wheelpack::Error;
use wheelpack::attack::{ATTACKS, READERS};
use wheelpack::design::{SHIPPED, codes};
use wheelpack::emergency::SOLUTIONS;
use wheelpack::emergency::scenario::SCENARIOS;
use wheelpack::figure::FIGURES;
use wheelpack::keyspace::RULES;
use wheelpack::mechanism::FAMILIES;
use wheelpack::report::{Cell, Column, Table};

use crate::args::{Format, FormatArg};
use crate::failure::Outcome;
use crate::out;

/// List what there is to choose from, by name
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One of the lists [default: all]
    kind: Option<String>,
    #[command(flatten)]
    format: FormatArg,
}

/// One list: its name, and the names in it with what they are.
struct Registry {
    kind: &'static str,
    entries: Vec<(&'static str, &'static str)>,
}

/// All lists; a new one is a line here.
fn registries() -> Vec<Registry> {
    let registry = |kind, entries| Registry { kind, entries };
    vec![
        registry(
            "families",
            FAMILIES.iter().map(|f| (f.name, f.about)).collect(),
        ),
        registry(
            "designs",
            SHIPPED.iter().map(|d| (d.name, d.about)).collect(),
        ),
        registry(
            "attacks",
            ATTACKS.iter().map(|a| (a.name, a.about)).collect(),
        ),
        registry(
            "readers",
            READERS
                .iter()
                .map(|r| (r.name.as_str(), r.source.as_str()))
                .collect(),
        ),
        registry(
            "solutions",
            SOLUTIONS.iter().map(|s| (s.name, s.about)).collect(),
        ),
        registry(
            "scenarios",
            SCENARIOS
                .iter()
                .map(|s| (s.name.as_str(), s.about.as_str()))
                .collect(),
        ),
        registry("rules", RULES.iter().map(|r| (r.name, r.about)).collect()),
        registry(
            "figures",
            FIGURES.iter().map(|f| (f.name, f.about)).collect(),
        ),
        registry("findings", codes::CODES.to_vec()),
    ]
}

/// Prints the lists asked for.
pub(crate) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut lists = registries();
    if let Some(kind) = &args.kind {
        let known: Vec<&str> = lists.iter().map(|list| list.kind).collect();
        if !known.contains(&kind.as_str()) {
            return Err(Error::unknown("list", kind, &known).into());
        }
        lists.retain(|list| list.kind == kind);
    }
    match args.format.format {
        Format::Text => out::print_tables(&as_tables(&lists).iter().collect::<Vec<_>>())?,
        Format::Json => out::print_json(&as_json(&lists))?,
        Format::Csv => out::print(&as_csv(&lists)?)?,
    }
    Ok(Outcome::Fine)
}

/// The lists as tables: a name a row, long texts wrapped beside it.
fn as_tables(lists: &[Registry]) -> Vec<Table> {
    let table = |list: &Registry| {
        let columns = vec![Column::text("name", "Name"), Column::text("about", "About")];
        let mut table = Table::new(list.kind, columns);
        for (name, about) in &list.entries {
            table.push(vec![Cell::text(*name), Cell::text(*about)]);
        }
        table
    };
    lists.iter().map(table).collect()
}

fn as_json(lists: &[Registry]) -> serde_json::Value {
    let results: serde_json::Map<_, _> = lists
        .iter()
        .map(|list| {
            let entries: Vec<_> = list
                .entries
                .iter()
                .map(|(name, about)| json!({"name": name, "about": about}))
                .collect();
            (list.kind.to_owned(), entries.into())
        })
        .collect();
    json!({
        "format": 1,
        "tool": concat!("wheelpack ", env!("CARGO_PKG_VERSION")),
        "command": "list",
        "results": results,
    })
}

fn as_csv(lists: &[Registry]) -> anyhow::Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["list", "name", "about"])?;
    for list in lists {
        for (name, about) in &list.entries {
            table.write_record([list.kind, name, about])?;
        }
    }
    Ok(String::from_utf8(table.into_inner()?)?)
}
