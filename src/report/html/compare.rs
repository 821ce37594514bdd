//! The page of a comparison: each design against the first.

use super::report::{drawn_as, reproduce};
use super::{Page, Section, html, table};
use crate::report::bundle::{Drawn, Recipe, Whole};
use crate::report::compare::Against;
use crate::report::json::TOOL;
use crate::report::tables;
use crate::study::Study;

/// The page for `all`, with `drawn` figures of the designs in `whole`.
#[must_use]
pub fn compare_page(
    whole: &Whole<'_>,
    all: &[Against],
    drawn: &[Drawn],
    recipe: &Recipe,
) -> String {
    let first = all.first().map_or("", |a| a.against.as_str());
    let names: Vec<&str> = all.iter().map(|a| a.design.as_str()).collect();
    let studies: Vec<&Study> = whole.all.iter().map(|s| s.study).collect();
    let mut sections: Vec<Section> = all
        .iter()
        .map(|one| {
            let title = format!("{} against {}", one.design, one.against);
            Section::new(
                format!("{}-against", one.design),
                title,
                html! { (table(&tables::against_first(one))) },
            )
        })
        .collect();
    sections.push(Section::new(
        "resistance",
        "Manipulation resistance",
        html! {
            (drawn_as(drawn, "success_curves", None, ""))
            (table(&tables::resistance(&studies)))
        },
    ));
    let mechanisms = whole.all.iter().map(|s| s.design.name.as_str());
    sections.extend(mechanisms.map(|name| {
        Section::new(
            name,
            name,
            html! { (drawn_as(drawn, "mechanism", Some(name), "")) },
        )
    }));
    sections.push(Section::new(
        "reproduce",
        "How to reproduce",
        reproduce(whole.all, recipe),
    ));
    Page {
        title: format!("{} against {first}", names.join(", ")),
        lead: html! {
            p {
                "Trial for trial both designs met the same luck: the same draws for parts, codes, hand and readings. "
                "So most of the luck cancels from a difference, and its interval is narrower than those of the two figures. "
                strong { "Times and chances are results of a model" }
                "; where an interval holds zero (a ratio: one), no difference is shown."
            }
        },
        sections,
        footer: html! { p { (TOOL) ", seed " (recipe.seed) } },
    }
    .render()
}
