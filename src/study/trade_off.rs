//! The owner against the attacker: what a change of one dimension gives the one and takes from the
//! other.
//!
//! Owner: chance that the right code opens at the first dialing. Attacker: chance that an expert who
//! reads contact points opens the lock within two hours. The same luck meets every value.

use super::options::Options;
use super::resist::attack_named;
use super::trials::Bench;
use crate::attack::Reader;
use crate::design::Design;
use crate::error::Result;
use crate::math::ln;
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::{DialLockSpec, OwnerSetup, opens_one_mark_off, opens_with_error};
use crate::stats::special::normal_cdf;
use crate::stats::{Estimate, interval};
use serde::Serialize;

/// Confidence level of every interval.
const LEVEL: f64 = 0.95;
/// The attack and its reader.
const ATTACKER: (&str, &str) = ("graphing", "expert");
/// Hours the attacker has.
const WITHIN_H: f64 = 2.0;
/// Median friction torque of the lever where the design gives none, as a share of the spring's
/// torque: an assumption.
const FRICTION_SHARE: f64 = 0.15;
/// Spread of the lever's friction from lock to lock and day to day, standard deviation of its
/// natural logarithm: an assumption.
const FRICTION_SD_LN: f64 = 0.5;

/// What is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Varied {
    /// Width of the true gates beyond that of the fence, mm.
    GateClearanceMm,
    /// Torque of the spring on the lever on plain rims, N·mm.
    SpringTorqueNmm,
}

/// One dimension varied, both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TradeOff {
    /// What is varied.
    pub over: Varied,
    /// Its value in the design.
    pub nominal: f64,
    /// The attack.
    pub attack: &'static str,
    /// The reader.
    pub reader: &'static str,
    /// Hours the attacker has.
    pub within_h: f64,
    /// As-built locks of the owner's side.
    pub owner_trials: u64,
    /// Trials of the attacker's side.
    pub attack_trials: u64,
    /// What is assumed beyond the design.
    pub assumptions: Vec<String>,
    /// Values that make no lock.
    pub left_out: Vec<f64>,
    /// In rising order.
    pub points: Vec<TradeOffPoint>,
}

/// Both sides at one value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TradeOffPoint {
    /// The value.
    pub value: f64,
    /// Half-width of the nominal opening window, marks.
    pub window_half_marks: f64,
    /// Chance that the right code opens at the first dialing.
    pub p_open_first_dialing: Estimate,
    /// Chance that a code with one number a mark off opens.
    pub p_open_one_mark_off: Estimate,
    /// Chance that the attacker opens it in time.
    pub p_open_by_attacker: Estimate,
}

/// How many trials each side gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// As-built locks of the owner.
    pub owner_trials: u64,
    /// Trials of the attacker.
    pub attack_trials: u64,
}

impl Varied {
    /// Both.
    const ALL: [Self; 2] = [Self::GateClearanceMm, Self::SpringTorqueNmm];

    /// Multiples of the design's value that are tried.
    fn factors(self) -> &'static [f64] {
        match self {
            Self::GateClearanceMm => &[0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.7],
            Self::SpringTorqueNmm => &[0.15, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5],
        }
    }

    fn value(self, lock: &DialLock) -> f64 {
        match self {
            Self::GateClearanceMm => lock.gate_width_mm.nominal - fence_mm(lock),
            Self::SpringTorqueNmm => lock.spec.spring.torque_nmm,
        }
    }

    /// The section with the value put in.
    fn put(self, spec: &mut DialLockSpec, value: f64, fence_mm: f64) {
        match self {
            Self::GateClearanceMm => spec.wheel.gate.width_mm.nominal = fence_mm + value,
            Self::SpringTorqueNmm => spec.spring.torque_nmm = value,
        }
    }
}

fn fence_mm(lock: &DialLock) -> f64 {
    lock.nominal.fence.flat_mm + 2.0 * lock.nominal.fence.radius_mm
}

/// The trade-off over every dimension that is varied.
///
/// # Errors
/// [`crate::Error::NotApplicable`] for a family without fence on wheels or codes, [`crate::Error::Stopped`].
pub fn trade_offs(design: &Design, sides: Sides, options: &Options<'_>) -> Result<Vec<TradeOff>> {
    let reader = Reader {
        budget_h: WITHIN_H,
        ..design.reader(ATTACKER.1)?.clone()
    };
    let bench = Bench::new(design, attack_named(ATTACKER.0)?, &reader, options)?;
    let both = Both {
        bench: &bench,
        sides,
        options,
    };
    Varied::ALL
        .into_iter()
        .map(|over| both.over(bench.lock, over))
        .collect()
}

/// What the points of all curves share.
struct Both<'a> {
    bench: &'a Bench<'a>,
    sides: Sides,
    options: &'a Options<'a>,
}

impl Both<'_> {
    fn over(&self, lock: &DialLock, over: Varied) -> Result<TradeOff> {
        let nominal = over.value(lock);
        let friction = friction_nmm(lock);
        let (mut points, mut left_out) = (Vec::new(), Vec::new());
        for factor in over.factors() {
            (self.options).go_on(points.len() as u64, over.factors().len() as u64)?;
            let value = factor * nominal;
            let mut spec = (*lock.spec).clone();
            over.put(&mut spec, value, fence_mm(lock));
            match DialLock::new(&spec) {
                Ok(varied) => points.push(self.point(varied, value, friction)?),
                Err(_) => left_out.push(value),
            }
        }
        Ok(TradeOff {
            over,
            nominal,
            attack: ATTACKER.0,
            reader: ATTACKER.1,
            within_h: WITHIN_H,
            owner_trials: self.sides.owner_trials,
            attack_trials: self.sides.attack_trials,
            assumptions: assumptions(lock, friction),
            left_out,
            points,
        })
    }

    fn point(&self, mut lock: DialLock, value: f64, friction: f64) -> Result<TradeOffPoint> {
        // The lever's friction enters by its spread instead of as one number.
        lock.lever_friction_nmm = 0.0;
        let p_falls = p_falls(lock.drop_in_margin_nmm(), friction);
        let codes = self.bench.design.pack_codes();
        let owner = OwnerSetup {
            lock: &lock,
            codes: &codes,
            dialing_sd_marks: self.bench.design.owner_sd_marks,
            seed: self.options.seed,
        };
        let sd = self.bench.design.owner_sd_marks;
        let share = |opens: &(dyn Fn(u64) -> bool + Sync)| -> Result<Estimate> {
            let trials = self.sides.owner_trials;
            let count = self.options.count(trials, opens)?;
            Ok(scaled(interval::wilson(count, trials, LEVEL), p_falls))
        };
        Ok(TradeOffPoint {
            value,
            window_half_marks: lock.window.half_marks(),
            p_open_first_dialing: share(&|t| opens_with_error(&owner, t, sd))?,
            p_open_one_mark_off: share(&|t| opens_one_mark_off(&owner, t))?,
            p_open_by_attacker: self.attacked(&lock)?,
        })
    }

    fn attacked(&self, lock: &DialLock) -> Result<Estimate> {
        let trials = self.sides.attack_trials;
        let count = (self.options).count(trials, |t| self.bench.trial_on(lock, t).opened)?;
        Ok(interval::wilson(count, trials, LEVEL))
    }
}

/// Median friction torque on the lever, N·mm.
fn friction_nmm(lock: &DialLock) -> f64 {
    if lock.lever_friction_nmm > 0.0 {
        lock.lever_friction_nmm
    } else {
        FRICTION_SHARE * lock.spec.spring.torque_nmm
    }
}

/// Chance that the least torque of the fall overcomes log-normal friction with this median.
fn p_falls(least_nmm: f64, median_nmm: f64) -> f64 {
    if least_nmm <= 0.0 {
        return 0.0;
    }
    normal_cdf((ln(least_nmm) - ln(median_nmm)) / FRICTION_SD_LN)
}

fn scaled(e: Estimate, by: f64) -> Estimate {
    let times = |v: Option<f64>| v.map(|v| by * v);
    Estimate::from_options(times(e.value), times(e.low), times(e.high), e.level)
}

fn assumptions(lock: &DialLock, friction: f64) -> Vec<String> {
    let median = if lock.lever_friction_nmm > 0.0 {
        format!("{friction:.1} N mm as in the design")
    } else {
        format!(
            "{friction:.1} N mm ({:.0} % of the spring's torque: an assumption, the design gives none)",
            100.0 * FRICTION_SHARE
        )
    };
    vec![
        format!(
            "friction of the lever: log-normal, median {median}, standard deviation of its logarithm \
             {FRICTION_SD_LN} (an assumption); the lever must overcome it to fall in"
        ),
        "all other dimensions stay as in the design".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_locks_fall_in_where_the_torque_is_the_median_friction() {
        assert!((p_falls(9.0, 9.0) - 0.5).abs() < 1e-12);
        assert!(p_falls(18.0, 9.0) > 0.9 && p_falls(4.5, 9.0) < 0.1);
        assert!(p_falls(0.0, 9.0) <= 0.0 && p_falls(-3.0, 9.0) <= 0.0);
    }
}
