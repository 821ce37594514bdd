//! The report page: verdict first, then what all designs share, then each design.

use super::{Link, Markup, Page, Section, figure, figures, html, table};
use crate::report::bundle::{Drawn, Recipe, Studied, Whole};
use crate::report::json::TOOL;
use crate::report::tables;
use crate::study::Study;

/// The page for `whole`, with `drawn` figures; `root` leads from the page to the report's folder.
#[must_use]
pub fn report_page(whole: &Whole<'_>, drawn: &[Drawn], recipe: &Recipe, root: &str) -> String {
    let all = whole.all;
    let studies: Vec<&Study> = all.iter().map(|s| s.study).collect();
    let names: Vec<&str> = all.iter().map(|s| s.design.name.as_str()).collect();
    let title = match names[..] {
        [one] => format!("{one}: combination lock analysis"),
        _ => format!("{} combination locks compared", names.len()),
    };
    let mut sections = vec![
        Section::new(
            "verdict",
            "Verdict",
            html! { (table(&tables::verdict(&studies))) },
        ),
        Section::new(
            "resistance",
            "Manipulation resistance",
            resistance(&studies, drawn, root),
        ),
        Section::new(
            "key-space",
            "Key space and guessing",
            key_space(&studies, drawn, root),
        ),
    ];
    sections.extend(owner_section(&studies));
    sections.extend(all.iter().map(|s| of_design(whole, s, drawn, root)));
    sections.extend(
        whole
            .comparison()
            .map(|study| super::emergency::section(study, drawn, root)),
    );
    sections.push(Section::new(
        "standards",
        "Standards",
        html! { (table(&tables::standards(&tables::key_spaces(&studies)))) },
    ));
    sections.push(Section::new(
        "assumptions",
        "Assumptions and sources",
        assumptions(&studies),
    ));
    sections.push(Section::new(
        "reproduce",
        "How to reproduce",
        reproduce(all, recipe),
    ));
    Page {
        title,
        lead: html! {
            p {
                "What the drawings say about these locks: how many codes really exist, what the spare codes open, "
                "how long manipulation by contact points takes, and what opens them in an emergency. "
                strong { "Times and chances are results of a model" }
                " under the assumptions listed below; they are no measurements and no certificate."
            }
        },
        sections,
        footer: html! { p { (TOOL) ", seed " (recipe.seed) } },
    }
    .render()
}

/// The figures of `name`, of one design or of all.
pub(super) fn drawn_as(drawn: &[Drawn], name: &str, design: Option<&str>, root: &str) -> Markup {
    let shown: Vec<Markup> = drawn
        .iter()
        .filter(|d| d.name == name && d.design.as_deref() == design)
        .map(|d| {
            let id = match &d.design {
                Some(design) => format!("{design}-{}", d.name),
                None => d.name.to_owned(),
            };
            let svg = format!("{root}{}.svg", d.path);
            let png = format!("{root}{}.png", d.path);
            figure(
                &d.svg,
                &id,
                d.about,
                &[
                    Link {
                        label: "SVG",
                        href: &svg,
                    },
                    Link {
                        label: "PNG",
                        href: &png,
                    },
                ],
            )
        })
        .collect();
    figures(&shown)
}

fn resistance(studies: &[&Study], drawn: &[Drawn], root: &str) -> Markup {
    html! {
        p {
            "One trial is one as-built lock from the tolerances, one code drawn from the allowed ones, and one "
            "attacker behind a wall: it turns the dial, reads contact points and pays with time. Bands and "
            "intervals are 95 % (Kaplan–Meier); trials that outlast the budget are censored."
        }
        (drawn_as(drawn, "success_curves", None, root))
        (table(&tables::resistance(studies)))
    }
}

fn key_space(studies: &[&Study], drawn: &[Drawn], root: &str) -> Markup {
    let spaces = tables::key_spaces(studies);
    html! {
        p {
            "Dialable codes are settings on the marks; effective ones are mechanically distinct windows. All counts "
            "are exact. A ghost is an opening that belongs to no code."
        }
        (drawn_as(drawn, "keyspace_funnel", None, root))
        (table(&tables::counts(&tables::key_spaces(studies), &tables::buttons(studies))))
        (table(&tables::ghosts(&spaces)))
        (drawn_as(drawn, "guessing", None, root))
        (table(&tables::guessing(&spaces)))
    }
}

fn of_design(whole: &Whole<'_>, s: &Studied<'_>, drawn: &[Drawn], root: &str) -> Section {
    let name = s.design.name.as_str();
    let body = html! {
        p { (s.study.source) }
        @if let Some(space) = &s.study.keyspace { (table(&tables::rule_shares(&[(name, space)]))) }
        @for reason in &s.study.not_applicable { p { (reason) "." } }
        @if s.design.emergency.is_some() && whole.comparison().is_none() {
            p {
                "Its emergency opening is compared with that of other designs in "
                a href={ (root) "report.html#emergency" } { "the whole report" } "."
            }
        }
    };
    let section = Section::new(name, name, body);
    let own = |figure: &str| {
        let is_own = |d: &&Drawn| d.name == figure && d.design.as_deref() == Some(name);
        // A comparison of emergency openings shows it there.
        let is_elsewhere = figure == "emergency_matrix" && whole.comparison().is_some();
        drawn.iter().any(|d| is_own(&d)) && !is_elsewhere
    };
    PARTS.iter().fold(section, |section, (title, names)| {
        let shown: Vec<&str> = names.iter().copied().filter(|f| own(f)).collect();
        let Some(first) = shown.first() else {
            return section;
        };
        let body = html! {
            @for figure in &shown { (drawn_as(drawn, figure, Some(name), root)) }
            @if shown.contains(&"dial_trace") {
                @if let Some(derived) = &s.study.derived {
                    (table(&tables::derived_wheels(&[(name, derived)]).without_first()))
                    (table(&tables::derived_limits(&[(name, derived)]).without_first()))
                }
            }
            @if *title == OWNER_AGAINST_ATTACKER {
                @if let Some(t) = &s.study.tolerance {
                    (table(&tables::trade_offs(&[(name, t)]).without_first()))
                }
                @if let Some(over) = s.study.tolerance.as_ref().and_then(|t| t.trade_offs.first()) {
                    p { "Assumed for the trade-off: " (over.assumptions.join("; ")) "." }
                }
            }
            @if shown.contains(&"spring_travel") {
                @if let Some(t) = &s.study.tolerance {
                    (table(&tables::spring(&[(name, t)]).without_first()))
                    (table(&tables::drop_in(&[(name, t)]).without_first()))
                    (table(&tables::wear(&[(name, t)]).without_first()))
                }
            }
            @if shown.contains(&"tolerance_tornado") {
                @if let Some(t) = &s.study.tolerance {
                    (table(&tables::stacks(&[(name, t)]).without_first()))
                    @for contributions in tables::contributions_by_function(t) { (table(&contributions)) }
                    p { "Resistance has no such table: " (t.no_stack_for_resistance) "." }
                }
            }
        };
        section.part(Section::new(format!("{name}-{first}-part"), *title, body))
    })
}

const OWNER_AGAINST_ATTACKER: &str = "Owner against attacker";

/// The parts of a design's section, each with the figures in it.
const PARTS: &[(&str, &[&str])] = &[
    ("Mechanism", &["mechanism", "mechanism_states"]),
    ("Openings and ghosts", &["openings_map"]),
    ("Dialing window", &["window_signal", "opening_window"]),
    ("Dialing the main code", &["dial_trace"]),
    ("Contact points", &["contact_graph"]),
    (
        OWNER_AGAINST_ATTACKER,
        &[
            "owner_reliability",
            "trade_off_clearance",
            "trade_off_spring",
        ],
    ),
    ("Tolerance contributions", &["tolerance_tornado"]),
    ("Spring and wear", &["spring_travel", "wear_curves"]),
    ("What opens in an emergency", &["emergency_matrix"]),
];

/// What the tolerances mean for the owners of all designs that have them.
fn owner_section(studies: &[&Study]) -> Option<Section> {
    let all = tables::tolerances(studies);
    if all.is_empty() {
        return None;
    }
    let body = html! {
        p {
            "As-built locks are drawn from the tolerances; the owner dials the standard program with his dialing "
            "error. Which dimension decides it, and at what price in resistance, stands with each design."
        }
        (table(&tables::owner(&all)))
        (table(&tables::windows(&all)))
    };
    Some(Section::new("owner", "Owner", body))
}

fn assumptions(studies: &[&Study]) -> Markup {
    html! {
        p {
            "Every number below is an assumption: no source was given for it, or its source says so. Results "
            "change with them."
        }
        (table(&tables::assumptions(studies)))
    }
}

pub(super) fn reproduce(all: &[Studied<'_>], recipe: &Recipe) -> Markup {
    html! {
        p { "The same command with the same files gives the same bytes, for any number of threads." }
        pre tabindex="0" role="group" aria-label="Command" { code { (recipe.command) } }
        ul {
            li { (TOOL) ", seed " (recipe.seed) }
            @for s in all { li { code { (s.design.file) } " SHA-256 " code { (s.design.sha256) } } }
        }
    }
}
