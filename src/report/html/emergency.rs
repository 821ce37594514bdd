//! The section on emergency opening: the answer first, then what it rests on.

use super::report::drawn_as;
use super::{Markup, Section, html, table};
use crate::report::bundle::Drawn;
use crate::report::tables::emergency as tables;
use crate::study::EmergencyStudy;

/// The section for all designs of `study`; `root` leads from the page to the report's folder.
pub(super) fn section(study: &EmergencyStudy, drawn: &[Drawn], root: &str) -> Section {
    let figure = |name: &str| drawn_as(drawn, name, None, root);
    let part =
        |id: &str, title: &str, body: Markup| Section::new(format!("emergency-{id}"), title, body);
    let matrices = html! {
        p { "Each solution tried first, at the figures of the files. A solution answers only some causes: power does nothing for a forgotten code, a spare code nothing for a jam, and remote authorisation opens no lock without power." }
        @for d in &study.comparison.designs {
            (drawn_as(drawn, "emergency_matrix", Some(&d.design), root))
        }
        (table(&tables::matrix(study)))
    };
    Section::new(
        "emergency",
        "Emergency opening",
        html! {
            p {
                "What locks the owner out, what opens the lock then, in which order to try, what it lets others do, and what all of it costs. "
                strong { "Results of a model" } "; most of its figures are judgement, as the last line of the answer says. All money in CNY."
            }
            (table(&tables::answer(study)))
        },
    )
    .part(part("designs", "Designs compared", html! {
        (table(&tables::rank(study)))
        (table(&tables::choices(study)))
        (figure("emergency_frontier"))
    }))
    .part(part("causes", "Lock-outs", html! {
        (figure("emergency_causes"))
        (figure("emergency_visits"))
    }))
    .part(part("plans", "Locked out: what to do", html! {
        (table(&tables::plans(study, None)))
        (figure("emergency_access"))
        (table(&tables::attempts(study, None)))
        (table(&tables::importance(study)))
    }))
    .part(part("force", "Force", html! { (figure("emergency_force")) }))
    .part(part("matrix", "What opens for which cause", matrices))
    .part(part("intrusion", "Intrusion", html! { (table(&tables::exposure(study))) }))
    .part(part("first", "What to find out first", html! {
        p { "Worth knowing: expected saving if the figure were known before the lock is chosen. The bars move one figure at a time." }
        (figure("emergency_tornado"))
        (table(&tables::sensitivity(study)))
        (table(&tables::values(study)))
    }))
    .part(part("linked", "Links to the other analyses", html! { (table(&tables::linked(study))) }))
    .part(part("claims", "Statements of the source text", html! { (table(&tables::claims(study))) }))
}
