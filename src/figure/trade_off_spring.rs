//! Owner against attacker over the spring force.

use super::trade_off::{Over, chart};
use super::{Draw, Figure};
use crate::study::trade_off::Varied;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "trade_off_spring",
    about: "right code opens at first dialing, and an expert opens within 2 h, over the spring force, with 95 % bands",
    draw: Draw::Tolerance(|name, study| chart(&OVER, name, study)),
};

const OVER: Over = Over {
    name: "trade_off_spring",
    varied: Varied::SpringTorqueNmm,
    axis: "Torque of the spring on the lever (N mm)",
};
