//! Which event matters: importance measures of a top event, each with its formula.
//!
//! * What: Birnbaum, criticality, risk achievement and reduction worth, both Fussell–Vesely.
//! * Model: the formulas of [`FORMULAS`], with `Q` the top probability, `Q1`/`Q0` that with the
//!   event certain/impossible; Birnbaum for all events by one reverse sweep, then
//!   `Q1 = Q + (1 − q)·B` and `Q0 = Q − q·B` exactly, since `Q` is linear in each `q`.
//! * Reference: Birnbaum 1969; Fussell 1975; NUREG/CR-3385 for RAW and RRW; case E8.
//! * Checked by: `val_hand_birnbaum_of_the_shared_tree`, `birnbaum_is_the_finite_difference`.

use super::cut_set::CutSets;
use super::diagram::{Diagram, Root};
use serde::Serialize;

/// Name and formula of every measure, in the order of [`Importance`]'s fields.
pub const FORMULAS: [(&str, &str); 6] = [
    ("birnbaum", "dQ/dq = Q1 - Q0"),
    (
        "criticality",
        "q (Q1 - Q0) / Q = (Q - Q0) / Q, the first Fussell-Vesely",
    ),
    (
        "fussell_vesely_cut_sets",
        "P(some minimal cut set with the event happened) / Q",
    ),
    ("diagnostic", "P(event | top) = q Q1 / Q"),
    ("risk_achievement_worth", "Q1 / Q"),
    ("risk_reduction_worth", "Q / Q0; null where Q0 = 0"),
];

/// The importance of one event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Importance {
    /// The event.
    pub event: String,
    /// Its probability q.
    pub p: f64,
    /// `dQ/dq`.
    pub birnbaum: f64,
    /// `(Q − Q0)/Q`: criticality, and the first meaning of Fussell–Vesely.
    pub criticality: f64,
    /// `P(∪ minimal cut sets with the event)/Q`: the second meaning of Fussell–Vesely; none where
    /// the diagram of these sets would grow beyond its bound.
    pub fussell_vesely_cut_sets: Option<f64>,
    /// `P(event | top)`.
    pub diagnostic: f64,
    /// `Q1/Q`.
    pub risk_achievement_worth: f64,
    /// `Q/Q0`, none where the top event cannot happen without this one.
    pub risk_reduction_worth: Option<f64>,
}

/// The importance of every leaf that `root` depends on, largest criticality first.
///
/// `p[i]` and `names[i]` belong to leaf `i`. Empty where the top event is impossible.
#[must_use]
pub fn importance(diagram: &Diagram, root: Root, p: &[f64], names: &[&str]) -> Vec<Importance> {
    let top = diagram.sweep(p).of(root);
    if top <= 0.0 {
        return Vec::new();
    }
    let slopes = diagram.gradient(root, p);
    let mut sets = CutSets::of(diagram, root);
    let mut own = diagram.compact(&[root]).0;
    let mut list = Vec::new();
    for (leaf, &slope) in slopes.iter().enumerate().filter(|(_, s)| **s > 0.0) {
        let happened = sets.happened_with(leaf, &mut own);
        let q = p[leaf];
        let (with, without) = (top + (1.0 - q) * slope, top - q * slope);
        list.push(Importance {
            event: names[leaf].to_owned(),
            p: q,
            birnbaum: slope,
            criticality: q * slope / top,
            fussell_vesely_cut_sets: happened.ok().map(|h| own.sweep(p).of(h) / top),
            diagnostic: q * with / top,
            risk_achievement_worth: with / top,
            risk_reduction_worth: (without > 1e-15 * top).then(|| top / without),
        });
    }
    list.sort_by(|a, b| {
        b.criticality
            .total_cmp(&a.criticality)
            .then_with(|| a.event.cmp(&b.event))
    });
    list
}
