//! How often the battery is flat with nobody having acted on the warning.
//!
//! * What: yearly rate of battery lock-outs.
//! * Model: daily draw `d = 0.024·I_µA + ops·e_op + other`, life `D = C·f_T/d`, warning lead
//!   `L = warn·D`; visits come at random at rate `r`, each visitor ignores the warning with
//!   probability `q`, the warning does not show at all with probability `p_nw`:
//!   `P_flat = p_nw + (1 − p_nw)·exp(−r·L·(1 − q))`, rate `365.25·P_flat/(D + P_flat/r)`.
//! * Assumptions: visits are a Poisson stream; a battery acted on is replaced by a full one at the
//!   end of its life; after a flat one the next visitor replaces it.
//! * Reference: renewal argument; cases E1–E3.
//! * Checked by: `val_hand_battery_life_and_flat_rate` (all printed digits).

use super::given::Given;
use super::number::Number;
use super::parameter::numbers;
use crate::math::exp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The battery of a lock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Battery {
    /// Usable capacity at room temperature, mAh.
    pub capacity_mah: Number,
    /// Standby current, µA.
    pub standby_ua: Number,
    /// Charge of one operation, mAh.
    pub operation_mah: Number,
    /// Self-discharge and other daily draw, mAh per day.
    pub other_mah_per_day: Number,
    /// Share of the life that is left when the warning starts.
    pub warning_share: Number,
    /// Chance that the warning never shows.
    pub p_no_warning: Number,
    /// Chance that one visitor ignores the warning.
    pub p_ignored: Number,
}
numbers!(Battery: capacity_mah, standby_ua, operation_mah, other_mah_per_day, warning_share,
    p_no_warning, p_ignored);

/// Draw per day, mAh, of a standby current in µA, operations a day and other draw.
#[must_use]
pub fn draw_mah_per_day(standby_ua: f64, operations: f64, operation_mah: f64, other: f64) -> f64 {
    0.024 * standby_ua + operations * operation_mah + other
}

/// Life in days of `capacity_mah` at temperature factor `f_t`.
#[must_use]
pub fn life_days(capacity_mah: f64, f_t: f64, draw_mah_per_day: f64) -> f64 {
    capacity_mah * f_t / draw_mah_per_day
}

/// What decides whether a flat battery surprises the owner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Warning {
    /// Days from the warning to the end.
    pub lead_days: f64,
    /// Visits a day.
    pub visits_per_day: f64,
    /// Chance that a visitor ignores the warning.
    pub p_ignored: f64,
    /// Chance that the warning never shows.
    pub p_no_warning: f64,
}

impl Warning {
    /// Chance that nobody acts on a warning that shows.
    #[must_use]
    pub fn p_missed(&self) -> f64 {
        let heeded_per_day = self.visits_per_day * (1.0 - self.p_ignored);
        if heeded_per_day > 0.0 {
            exp(-heeded_per_day * self.lead_days)
        } else {
            1.0
        }
    }

    /// Chance that a battery's life ends in a lock-out.
    #[must_use]
    pub fn p_flat(&self) -> f64 {
        self.p_no_warning + (1.0 - self.p_no_warning) * self.p_missed()
    }

    /// Lock-outs per year with a battery that lasts `life_days`.
    #[must_use]
    pub fn rate_per_year(&self, life_days: f64) -> f64 {
        let p = self.p_flat();
        365.25 * p / (life_days + p / self.visits_per_day)
    }
}

impl Battery {
    /// Life in days in the given scenario.
    #[must_use]
    pub fn life_days(&self, given: &Given) -> f64 {
        let (v, s) = (given.values, given.scenario);
        let draw = draw_mah_per_day(
            v.of(&self.standby_ua),
            v.of(&s.uses_per_year) / 365.25,
            v.of(&self.operation_mah),
            v.of(&self.other_mah_per_day),
        );
        life_days(
            v.of(&self.capacity_mah),
            v.of(&s.climate.capacity_share),
            draw,
        )
    }

    /// The warning in the given scenario.
    #[must_use]
    pub fn warning(&self, given: &Given) -> Warning {
        let v = given.values;
        Warning {
            lead_days: v.of(&self.warning_share) * self.life_days(given),
            visits_per_day: v.of(&given.scenario.visits_per_year) / 365.25,
            p_ignored: v.of(&self.p_ignored),
            p_no_warning: v.of(&self.p_no_warning),
        }
    }

    /// Lock-outs by a flat battery per year in the given scenario.
    #[must_use]
    pub fn rate_per_year(&self, given: &Given) -> f64 {
        self.warning(given).rate_per_year(self.life_days(given))
    }
}
