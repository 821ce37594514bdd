//! Owner against attacker over the gate clearance.

use super::trade_off::{Over, chart};
use super::{Draw, Figure};
use crate::study::trade_off::Varied;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "trade_off_clearance",
    about: "right code opens at first dialing, and an expert opens within 2 h, over the gate clearance, with 95 % bands",
    draw: Draw::Tolerance(|name, study| chart(&OVER, name, study)),
};

const OVER: Over = Over {
    name: "trade_off_clearance",
    varied: Varied::GateClearanceMm,
    axis: "Clearance of the gate over the fence (mm)",
};
