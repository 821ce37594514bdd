//! What one sweep of each of many as-built locks shows: how well a series hides its gates.
//!
//! **What.** For locks drawn from the tolerances, each swept once by the reader with all wheels
//! together: how far a reading lies from the lock's own middle, over the dial, and in how many locks
//! the gate of each wheel shows.
//!
//! **Model.** One reading at every mark and at every gate of the main code ([`Sweep`], [`Gauge`]). A gate
//! shows where its one reading lies [`SHOWS_SDS`] standard deviations of a reading on plain rims below
//! the median of the sweep.
//!
//! **Assumptions.** All locks carry the design's own codes; the hand makes no slips.
//!
//! **Reference.** `physics.md` 1.3 to 1.5.
//!
//! **Checked by.** the tests below.

use crate::attack::{Gauge, Reader, Readings};
use crate::mechanism::dial_lock::{AsBuilt, DialLock, Levers, Sweep};
use crate::rng::{Normals, Purpose, stream};
use crate::stats::interval::wilson;
use crate::stats::{Estimate, quantile, robust};
use serde::Serialize;

/// Locks that are swept.
const LOCKS: u64 = 1000;
/// A reading this many standard deviations below the middle counts.
pub const SHOWS_SDS: f64 = 3.0;
/// Between these quantiles lie nine of ten locks.
const QUANTILES: [f64; 3] = [0.05, 0.5, 0.95];
const LEVEL: f64 = 0.95;

/// What sweeps of a series show.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Production {
    /// Locks that were swept.
    pub locks: u64,
    /// Share of the locks in which the gate of each wheel shows in one sweep.
    pub p_gate_shows: Vec<Estimate>,
    /// Readings over the dial.
    pub points: Vec<ProductionPoint>,
}

/// Contact widths of a series with all wheels at one number, as marks from each lock's median.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ProductionPoint {
    /// Number at which all wheels stand, marks.
    pub at_marks: f64,
    /// Width below which one lock in twenty lies, marks from its own median.
    pub low_marks: f64,
    /// Median over the locks.
    pub middle_marks: f64,
    /// Width above which one lock in twenty lies.
    pub high_marks: f64,
}

/// Sweeps a series of locks of the model `lock` with `codes`; `width_sd_marks` is the standard
/// deviation of one contact width on plain rims.
pub(super) fn production(
    lock: &DialLock,
    codes: &[Vec<f64>],
    reader: &Reader,
    width_sd_marks: f64,
    seed: u64,
) -> Production {
    let marks: Vec<f64> = (0..lock.marks).map(f64::from).collect();
    let numbers = marks.iter().chain(&codes[0]);
    let settings: Vec<Vec<f64>> = numbers.map(|x| vec![*x; lock.wheels]).collect();
    let (sweep, gauge) = (Sweep::new(lock, &settings), Gauge::new(lock, reader));
    let (mut levers, mut readings) = (Levers::default(), Readings::default());
    let mut shows = vec![0; lock.wheels];
    let mut at_mark = vec![Vec::with_capacity(LOCKS as usize); marks.len()];
    for trial in 0..LOCKS {
        let built = AsBuilt::sample(lock, codes, &mut stream(seed, trial, Purpose::Lock));
        let mut eye = Normals::new(stream(seed, trial, Purpose::Reading));
        sweep.rest(&built, &mut levers);
        gauge.read(levers.rad(), &mut eye, &mut readings);
        let both = readings.left_marks.iter().zip(&readings.right_marks);
        let widths: Vec<f64> = both.map(|(left, right)| right - left).collect();
        let (over_dial, at_gates) = widths.split_at(marks.len());
        let met: Vec<f64> = over_dial.iter().copied().filter(|w| !w.is_nan()).collect();
        let Some(middle) = robust::median(&met) else {
            continue;
        };
        for (all, width) in at_mark.iter_mut().zip(over_dial) {
            if !width.is_nan() {
                all.push(width - middle);
            }
        }
        for (shows, width) in shows.iter_mut().zip(at_gates) {
            *shows += u64::from(middle - width > SHOWS_SDS * width_sd_marks);
        }
    }
    let points = marks.into_iter().zip(at_mark);
    Production {
        locks: LOCKS,
        p_gate_shows: shows.into_iter().map(|k| wilson(k, LOCKS, LEVEL)).collect(),
        points: points.filter_map(|(at, all)| point(at, all)).collect(),
    }
}

fn point(at_marks: f64, mut offsets: Vec<f64>) -> Option<ProductionPoint> {
    offsets.sort_unstable_by(f64::total_cmp);
    let [low, middle, high] = QUANTILES.map(|p| quantile::of_sorted(&offsets, p));
    Some(ProductionPoint {
        at_marks,
        low_marks: low?,
        middle_marks: middle?,
        high_marks: high?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::reader;
    use crate::mechanism::MechanismSpec;
    use crate::mechanism::dial_lock::FAMILY;

    fn of(change: impl Fn(&mut serde_json::Value), reader: &Reader) -> Production {
        let mut spec: serde_json::Value = serde_json::from_str(FAMILY.example).unwrap();
        change(&mut spec);
        let spec: MechanismSpec = serde_json::from_value(spec).unwrap();
        let made = spec.build().unwrap();
        let lock = made.contact().unwrap();
        let c = lock.cam.at(lock.nominal.rim.lever_rad).unwrap();
        let sd = reader.width_sd_marks(c.left_step_nmm, c.right_step_nmm, lock.dial_friction_nmm);
        production(lock, &[vec![22.0, 67.0, 38.0]], reader, sd, 1)
    }

    #[test]
    fn about_one_gate_of_each_lock_shows_to_a_fine_reader() {
        let fine = reader::find("instrumented").unwrap();
        let made = of(|_| {}, fine);
        let shown: f64 = made.p_gate_shows.iter().map(|p| p.value.unwrap()).sum();
        // A wheel shows only where it is the tallest; where two are nearly so, neither may.
        assert!((0.6..=1.02).contains(&shown), "{shown}");
        let at = |marks: f64| made.points[marks as usize];
        for gate in [22.0, 67.0, 38.0] {
            assert!(at(gate).low_marks < at(50.0).low_marks - 0.1, "{gate}");
        }
        for p in &made.points {
            assert!(p.low_marks <= p.middle_marks && p.middle_marks <= p.high_marks);
        }
    }

    #[test]
    fn to_a_reader_who_sees_nothing_gates_show_no_more_often_than_chance() {
        let mut blind = reader::find("expert").unwrap().clone();
        blind.sigma0_marks = 5.0;
        for p in of(|_| {}, &blind).p_gate_shows {
            assert!(p.value.unwrap() < 0.01, "{p:?}");
        }
    }
}
