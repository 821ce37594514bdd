//! Readers: how finely a person or machine reads contact points, and how fast it works.

use crate::math;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A reader's profile. Angles in marks of the dial, times in seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// Name, as on the command line.
    pub name: String,
    /// Step to which a reading is rounded (0: not rounded).
    pub resolution_marks: f64,
    /// Standard deviation of one contact point at a crisp step, before rounding.
    pub sigma0_marks: f64,
    /// How much the dial's friction blurs the step: σ² = σ0² (1 + (κ friction / step)²).
    pub kappa: f64,
    /// Constant error of a reading.
    pub bias_marks: f64,
    /// Standard deviation of where the dial is stopped.
    pub mis_set_sd_marks: f64,
    /// Seconds per turn of the dial.
    pub turn_s: f64,
    /// Seconds to stop on a mark.
    pub settle_s: f64,
    /// Seconds to read one contact point.
    pub reading_s: f64,
    /// Seconds to note one reading.
    pub note_s: f64,
    /// Seconds to try the bolt.
    pub try_s: f64,
    /// Hours after which the attacker gives up.
    pub budget_h: f64,
    /// Where the figures come from; "assumption" where they are not published.
    pub source: String,
}

/// Turns of the dial that an attacker reckons for moving the last wheel on and trying, with a share of those for
/// the wheels before. Assumption: a little more than one; `exhaustive` needs 0.97 on `group2-dial`.
const TURNS_OF_A_TRY: f64 = 1.2;

/// Least step of torque that is reckoned with, N·mm: where the hand feels none a contact point has no place.
pub(super) const LEAST_STEP_NMM: f64 = 1e-9;

impl Reader {
    /// Standard deviation of one contact point where the hand feels `step_nmm` against
    /// `friction_nmm`, marks.
    #[inline]
    #[must_use]
    pub fn sigma_marks(&self, step_nmm: f64, friction_nmm: f64) -> f64 {
        let blur = self.kappa * friction_nmm / step_nmm.max(LEAST_STEP_NMM);
        self.sigma0_marks * (1.0 + blur * blur).sqrt()
    }

    /// What the attacker takes it to need to move the last wheel on to its next window and to try the bolt,
    /// seconds.
    #[must_use]
    pub fn next_try_s(&self) -> f64 {
        TURNS_OF_A_TRY * self.turn_s + self.settle_s + self.try_s
    }

    /// Standard deviation of a contact width (right minus left) with rounding, marks.
    #[must_use]
    pub fn width_sd_marks(&self, left_nmm: f64, right_nmm: f64, friction_nmm: f64) -> f64 {
        let (l, r) = (
            self.sigma_marks(left_nmm, friction_nmm),
            self.sigma_marks(right_nmm, friction_nmm),
        );
        (l * l + r * r + self.resolution_marks * self.resolution_marks / 6.0).sqrt()
    }

    /// One reading of a contact point that stands at `at_marks`, where the hand feels `step_nmm`
    /// against `friction_nmm`; `deviate` is a draw from the standard normal law. Dial marks.
    #[inline]
    #[must_use]
    pub fn read(&self, at_marks: f64, step_nmm: f64, friction_nmm: f64, deviate: f64) -> f64 {
        self.rounded(at_marks + self.sigma_marks(step_nmm, friction_nmm) * deviate)
    }

    /// In which figures `other` is another reader: each with its name, that of `self` and that of `other`.
    #[must_use]
    pub fn unlike(&self, other: &Self) -> Vec<(String, String, String)> {
        let figures = |reader: &Self| match serde_json::to_value(reader) {
            Ok(serde_json::Value::Object(figures)) => figures,
            _ => serde_json::Map::new(),
        };
        let others = figures(other);
        let pairs = figures(self).into_iter().filter_map(|(name, own)| {
            let others = others.get(&name).filter(|_| name != "source")?;
            (own != *others).then(|| (name, own.to_string(), others.to_string()))
        });
        pairs.collect()
    }

    /// `reading` rounded to the resolution.
    #[inline]
    #[must_use]
    pub fn rounded(&self, reading: f64) -> f64 {
        if self.resolution_marks > 0.0 {
            math::nearest(reading * (1.0 / self.resolution_marks)) * self.resolution_marks
        } else {
            reading
        }
    }
}

/// The shipped readers.
pub static READERS: LazyLock<Vec<Reader>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("readers.json"))
        .expect("the shipped readers are valid: a test reads them")
});

/// The shipped reader called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Reader> {
    READERS.iter().find(|r| r.name == name)
}
