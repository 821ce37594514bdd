//! Faults of events and gates: names, cycles, size.

use super::place::Findings;
use super::scenario::ScenarioSpec;
use super::solution::SolutionSpec;
use super::spec::EmergencySpec;
use super::tree::GateSpec;
use std::collections::{BTreeMap, BTreeSet};

/// Most events of design and scenario together.
pub const MAX_EVENTS: usize = 400;
/// Largest number of leaves in a gate written out in full.
pub const MAX_LEAVES: usize = 10_000;

/// Cycles, sizes and counts of the gates of one design.
pub(crate) fn check_gates(spec: &EmergencySpec, found: &mut Findings) {
    let mut size = BTreeMap::new();
    found.within("gates", |found| {
        if spec.gates.len() > MAX_EVENTS {
            let all = spec.gates.len();
            return found.error(
                "WP507",
                format!("{all} gates"),
                format!("at most {MAX_EVENTS}"),
            );
        }
        for (name, gate) in &spec.gates {
            found.within(name, |found| {
                if let Some(cycle) = cycle_from(name, &spec.gates) {
                    found.error(
                        "WP505",
                        format!("the gate leads back to itself: {}", cycle.join(" → ")),
                        "a tree: no gate below itself",
                    );
                } else if leaves(name, &spec.gates, &mut size).is_some_and(|n| n > MAX_LEAVES) {
                    found.error(
                        "WP507",
                        format!("written out in full it has more than {MAX_LEAVES} leaves"),
                        "a smaller tree",
                    );
                }
                if spec.events.contains_key(name) {
                    found.error(
                        "WP517",
                        format!("`{name}` is an event too"),
                        "a name of its own",
                    );
                }
                check_counts(gate, found);
            });
        }
    });
}

fn check_counts(gate: &GateSpec, found: &mut Findings) {
    let members = gate.members();
    if members.is_empty() {
        found.error("WP518", "a gate over nothing", "at least one event or gate");
    }
    if let GateSpec::AtLeast { k, of } = gate
        && (*k == 0 || *k > of.len())
    {
        found.error(
            "WP518",
            format!("at least {k} of {}", of.len()),
            format!("k from 1 to {}", of.len()),
        );
    }
}

/// The way from `start` back to itself, if there is one.
fn cycle_from(start: &str, gates: &BTreeMap<String, GateSpec>) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut stack = vec![vec![start.to_owned()]];
    while let Some(path) = stack.pop() {
        let here = path.last().expect("a path has its start");
        for member in gates.get(here).map_or(&[][..], GateSpec::members) {
            let mut longer = path.clone();
            longer.push(member.clone());
            if member == start {
                return Some(longer);
            }
            if gates.contains_key(member) && seen.insert(member.clone()) {
                stack.push(longer);
            }
        }
    }
    None
}

/// Leaves of the gate written out in full; saturates. None where a gate below leads back to itself, which is said
/// there: such a gate has no size.
fn leaves<'a>(
    name: &'a str,
    gates: &'a BTreeMap<String, GateSpec>,
    known: &mut BTreeMap<&'a str, Option<usize>>,
) -> Option<usize> {
    let Some(gate) = gates.get(name) else {
        return Some(1);
    };
    if let Some(&n) = known.get(name) {
        return n;
    }
    known.insert(name, None);
    let n = gate.members().iter().try_fold(0_usize, |n, m| {
        Some(n.saturating_add(leaves(m, gates, known)?))
    });
    known.insert(name, n);
    n
}

/// Names that refer to nothing in the section nor in any of `scenarios`: a scenario of one's own has to bring them.
pub(crate) fn check_known(spec: &EmergencySpec, scenarios: &[ScenarioSpec], found: &mut Findings) {
    let theirs = scenarios.iter().flat_map(|s| s.events.keys());
    let own = spec.events.keys().chain(spec.gates.keys());
    let known: BTreeSet<&str> = own.chain(theirs).map(String::as_str).collect();
    let unknown = |name: &str, found: &mut Findings| {
        if !known.contains(name) {
            found.warning(
                "WP504",
                format!("no event or gate `{name}` here or in a shipped scenario"),
                nearest_hint(name, &known),
            );
        }
    };
    each_name(spec, found, &mut |name, found| unknown(name, found));
}

/// Every name of an event or gate that a gate or a solution refers to, at its place.
fn each_name<'a>(
    spec: &'a EmergencySpec,
    found: &mut Findings,
    visit: &mut dyn FnMut(&'a str, &mut Findings),
) {
    for (name, gate) in &spec.gates {
        found.within(&format!("gates/{name}"), |found| {
            gate.members().iter().for_each(|m| visit(m, found));
        });
    }
    for (i, s) in spec.solutions.iter().enumerate() {
        found.within(&format!("solutions/{i}"), |found| {
            names_of(s).for_each(|m| visit(m, found));
        });
    }
}

/// Names that refer to nothing, names in two files, events that nothing refers to.
pub(crate) fn check_names(spec: &EmergencySpec, scenario: &ScenarioSpec, found: &mut Findings) {
    let known: BTreeSet<&str> = spec
        .events
        .keys()
        .chain(scenario.events.keys())
        .chain(spec.gates.keys())
        .map(String::as_str)
        .collect();
    if spec.events.len() + scenario.events.len() > MAX_EVENTS {
        found.within("events", |found| {
            let all = spec.events.len() + scenario.events.len();
            found.error(
                "WP507",
                format!("{all} events"),
                format!("at most {MAX_EVENTS}"),
            );
        });
    }
    for name in scenario.events.keys() {
        let twice = if spec.events.contains_key(name) {
            Some("events")
        } else {
            spec.gates.contains_key(name).then_some("gates")
        };
        if let Some(part) = twice {
            found.within(&format!("{part}/{name}"), |found| {
                found.error(
                    "WP517",
                    format!("the scenario {} has an event `{name}` too", scenario.name),
                    "a name of its own, or use the scenario's event",
                );
            });
        }
    }
    let mut used = BTreeSet::new();
    each_name(spec, found, &mut |name, found| {
        refer(name, &known, &mut used, found);
    });
    for name in spec.events.keys().filter(|n| !used.contains(n.as_str())) {
        found.within(&format!("events/{name}"), |found| {
            found.warning(
                "WP516",
                format!("nothing refers to `{name}`"),
                "use it or leave it out",
            );
        });
    }
}

fn names_of(s: &SolutionSpec) -> impl Iterator<Item = &str> {
    s.kind
        .0
        .names()
        .into_iter()
        .chain(s.fails_if.iter().map(String::as_str))
}

fn refer<'a>(
    name: &'a str,
    known: &BTreeSet<&str>,
    used: &mut BTreeSet<&'a str>,
    found: &mut Findings,
) {
    used.insert(name);
    if !known.contains(name) {
        let hint = nearest_hint(name, known);
        found.error("WP504", format!("no event or gate `{name}`"), hint);
    }
}

fn nearest_hint(name: &str, known: &BTreeSet<&str>) -> String {
    let near = known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(k, name), *k))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    near.map_or_else(
        || "an event of the design or the scenario, or a gate".to_owned(),
        |(_, near)| format!("did you mean `{near}`?"),
    )
}
