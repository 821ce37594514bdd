//! What a careful reader believes: which unknown wheel is the tallest, where its gate is, and by how
//! much it is taller than the next.
//!
//! **What.** The posterior over (wheel, number of its gate, class of the difference in height) of one
//! stage: the known wheels stand in their gates, the fence rests on the tallest of the others.
//!
//! **Model.** The lever is at the level of the tallest wheel's rim; over that wheel's gates it sinks by
//! their own shape, at most to the next wheel. Everything else that is unknown is integrated out with
//! the law that the drawing's tolerances give it: level and eccentricity of the rim (a normal
//! regression, exact, `level`); the height of the next wheel within its class, its eccentricity where
//! it stands otherwise than with the tallest one in its gate, and the chance that it is in a gate of
//! its own (`dip`); by how much two eccentric rims of nearly one height are off one wave, by class
//! (`heights`); where the hand stopped and the gate was cut (three points, common to all readings of
//! a setting that was dialed once). The likelihood of the readings of one setting is exact (normal
//! noise of both contact points, rounded to the reader's step, multiplied), then summed up by mean and
//! variance of the level. One hypothesis is that no wheel is the tallest where its gate is.
//!
//! **Assumptions.** Codes lie on whole marks. A wave's cosine and sine are normal beforehand. The parked
//! wheels are in their gates. Nothing but the rims is common to two settings. No constant is fitted to
//! how often places were there.
//!
//! **What is left.** Of places believed at 0.85 to 0.95 (400 locks a design, another seed than the
//! test's): between 0.87 and 0.94 are there for both readers on the shipped designs; with false gates
//! and the finest reader 0.74 (of 156; nineteen in twenty beliefs there are above 0.95), on locks whose
//! wheels differ by less than their runout: then one rim is the higher one at some gates and another
//! at others, and a single tallest wheel is no longer the whole truth.
//!
//! **Reference.** `physics.md` 1.3, 1.5, 4.
//!
//! **Checked by.** `attack::rig::tests` (stated chances against shares, by design and reader);
//! `tests/it/laws/ideal.rs`.

mod dip;
mod heights;
mod level;
mod place;
mod sense;
mod shape;
mod update;
mod wave;
mod worth;

use self::dip::Dip;
use self::heights::{GAPS, Gap, Rank};
use self::level::{Level, Solved};
pub(in crate::attack) use self::place::Candidate;
pub(in crate::attack) use self::sense::Sense;
pub use self::shape::Shape;
use self::wave::Wave;
use super::reader::Reader;
use super::wall::{Facts, Reading};
use crate::math;
use crate::units::wrap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Log chances so far below the best one count as none.
const NEGLIGIBLE: f64 = -25.0;

/// One setting: the wheels' numbers, and what was read of the lever's level without a wheel being
/// moved.
struct Setting {
    numbers: Vec<f64>,
    ln_likelihood: Vec<f64>,
    /// Level, rad, and its precision, rad⁻².
    level_rad: f64,
    precision: f64,
    is_sweep: bool,
}

/// The belief of one stage.
pub(super) struct Belief<'a> {
    shape: Arc<Shape>,
    sense: Rc<RefCell<Sense<'a>>>,
    marks: f64,
    window_half_marks: f64,
    slip_marks: f64,
    /// The wheels whose gates are not known.
    pub(super) unknown: Vec<usize>,
    gaps: [Gap; GAPS],
    /// Chance beforehand that no gate can be felt by itself, and the rims then by unknown wheel.
    p_none: f64,
    none: Vec<Level>,
    /// By unknown wheel: chance that the one below it stands in one of its own gates.
    p_deeper: Vec<f64>,
    /// Number of each unknown wheel minus the mark of the sweep.
    shifts: Vec<f64>,
    wave: Wave,
    seen: Vec<Setting>,
    /// By unknown wheel and gap: its rim.
    levels: Vec<Level>,
    /// What a gate adds: by unknown wheel, place, gap.
    dips: Vec<Dip>,
    /// Log chance taken off places tried in vain: by unknown wheel and place.
    malus: Vec<f64>,
}

impl<'a> Belief<'a> {
    /// The belief before any reading: `unknown` wheels, whose numbers are those of a sweep's marks
    /// plus `shifts`.
    pub(super) fn new(
        facts: &Facts<'_>,
        (reader, sense): (&'a Reader, &Rc<RefCell<Sense<'a>>>),
        shape: &Arc<Shape>,
        (unknown, shifts): (Vec<usize>, Vec<f64>),
    ) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred places"
        )]
        let places = facts.marks as usize;
        let Rank { gaps, p_none } = *shape.rank(unknown.len());
        Self {
            sense: Rc::clone(sense),
            marks: facts.marks,
            window_half_marks: facts.window_half_marks,
            slip_marks: math::hypot(reader.mis_set_sd_marks, shape.place_sd_marks) * 3.0_f64.sqrt(),
            gaps,
            p_none,
            none: Vec::new(),
            p_deeper: deeper(shape, &unknown, gaps[GAPS / 2]),
            shifts,
            wave: Wave::default(),
            seen: Vec::new(),
            levels: Vec::new(),
            dips: vec![Dip::default(); unknown.len() * places * GAPS],
            malus: vec![0.0; unknown.len() * places],
            unknown,
            shape: Arc::clone(shape),
        }
    }

    /// Marks on which a gate may be.
    pub(super) fn places(&self) -> usize {
        self.malus.len() / self.unknown.len()
    }

    /// The number of `place`, marks.
    pub(super) fn number(&self, place: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred places")]
        let number = place as f64;
        number
    }

    /// Takes in the readings of a sweep, each with the wheels' numbers, and fits the level anew.
    pub(super) fn take_sweep(&mut self, readings: Vec<(Vec<f64>, Reading)>) {
        let known = self.seen.len();
        for (numbers, reading) in readings {
            let setting = self.setting(numbers, &[reading], true);
            self.seen.push(setting);
        }
        let first = self.unknown[0];
        let points: Vec<(f64, f64)> = self
            .seen
            .iter()
            .filter(|s| s.is_sweep)
            .map(|s| {
                let mark = wrap(s.numbers[first] - self.shifts[0], self.marks);
                (mark, s.level_rad)
            })
            .collect();
        let wave = Wave::fit(&points, self.marks, 1.0);
        let seen = std::mem::take(&mut self.seen);
        // where the level has hardly moved, what was read before says the same
        let from = if !self.levels.is_empty() && self.is_same(&wave) {
            known
        } else {
            0
        };
        if from == 0 {
            self.wave = wave;
            self.levels = vec![self.level(); self.unknown.len() * GAPS];
            self.none = vec![self.level(); self.unknown.len()];
            self.dips.fill(Dip::default());
        }
        for one in seen.iter().skip(from) {
            self.update(one, 1.0);
        }
        self.seen = seen;
    }

    /// The rim of a wheel before any reading, about the wave.
    fn level(&self) -> Level {
        let [_, a, b] = self.wave.coefficients();
        let sd = self.shape.wave_sd_rad.max(1e-9);
        Level::new(
            [0.0, -a, -b],
            [4.0 * self.shape.height_sd_rad.max(1e-9), sd, sd],
        )
    }

    /// Whether `wave` is the present one to within half of what one reading tells.
    fn is_same(&self, wave: &Wave) -> bool {
        let sense = self.sense.borrow();
        (0..8).all(|k| {
            let mark = f64::from(k) / 8.0 * self.marks;
            (wave.at(mark) - self.wave.at(mark)).abs() < 2.0 * sense.step_rad()
        })
    }

    /// Takes in readings with the wheels at `numbers`, none of which was moved in between.
    pub(super) fn take(&mut self, numbers: Vec<f64>, readings: &[Reading]) {
        let mut setting = self.setting(numbers, readings, false);
        // nor since the last time, if nothing else was set
        let is_last = |s: &Setting| !s.is_sweep && s.numbers == setting.numbers;
        if self.seen.last().is_some_and(is_last)
            && let Some(last) = self.seen.pop()
        {
            self.update(&last, -1.0);
            let both = last.ln_likelihood.iter().zip(&setting.ln_likelihood);
            setting.ln_likelihood = both.map(|(a, b)| a + b).collect();
            let sense = self.sense.borrow();
            (setting.level_rad, setting.precision) = sense.summed_up(&setting.ln_likelihood);
            drop(sense);
        }
        self.update(&setting, 1.0);
        self.seen.push(setting);
    }

    /// The place `steps` marks below `number`.
    #[inline]
    fn place_before(&self, number: f64, steps: usize) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the dial"
        )]
        let at = wrap(number, self.marks) as usize;
        (at + self.places() - steps) % self.places()
    }

    /// How many hypotheses there are beforehand.
    fn can_be(&self) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a dozen")]
        let gaps = GAPS as f64;
        self.malus.iter().map(|m| math::exp(*m)).sum::<f64>() * gaps
    }

    /// The chance of each (unknown wheel, place, gap), in this order; what is missing to 1 is the
    /// chance that no gate can be felt by itself.
    pub(super) fn posterior(&self) -> Vec<f64> {
        let mut p = vec![0.0; self.dips.len()];
        let mut most = f64::NEG_INFINITY;
        let rims: Vec<Solved> = self.levels.iter().map(Level::solved).collect();
        let wheels = self.malus.chunks(self.places()).zip(rims.chunks(GAPS));
        let mut at = 0;
        for (malus, rims) in wheels {
            for malus in malus {
                let dips = self.dips[at..].iter().zip(rims.iter().zip(&self.gaps));
                for (p, (dip, (rim, gap))) in p[at..at + GAPS].iter_mut().zip(dips) {
                    *p = rim.ln_p + malus + dip.ln_ratio(rim, gap.sd_rad);
                    most = most.max(*p);
                }
                at += GAPS;
            }
        }
        // nothing of what is asked for
        let (can, count) = (self.can_be(), self.unknown.len());
        #[allow(clippy::cast_precision_loss, reason = "a few wheels")]
        let beforehand = math::ln(can * self.p_none.max(1e-9) / (1.0 - self.p_none) / count as f64);
        let none: Vec<f64> = self
            .none
            .iter()
            .map(|n| n.solved().ln_p + beforehand)
            .collect();
        most = none.iter().fold(most, |a, &b| a.max(b));
        let mut sum: f64 = none.iter().map(|n| math::exp(n - most)).sum();
        for p in &mut p {
            let below = *p - most;
            *p = if below < NEGLIGIBLE {
                0.0
            } else {
                math::exp(below)
            };
            sum += *p;
        }
        p.iter_mut().for_each(|x| *x /= sum);
        p
    }

    /// The chance of each (unknown wheel, place).
    pub(super) fn by_place(&self, posterior: &[f64]) -> Vec<f64> {
        posterior.chunks(GAPS).map(|c| c.iter().sum()).collect()
    }

    /// The chance of each unknown wheel to be the tallest.
    pub(super) fn by_wheel(&self, by_place: &[f64]) -> Vec<f64> {
        let wheels = by_place.chunks(self.places());
        wheels.map(|c| c.iter().sum()).collect()
    }
}

/// By unknown wheel: the share of the dial on which another one sinks by half a `typical` difference.
fn deeper(shape: &Shape, unknown: &[usize], typical: Gap) -> Vec<f64> {
    let share = |wheel: &usize| shape.share_below(*wheel, 0.5 * typical.mean_rad);
    #[allow(clippy::cast_precision_loss, reason = "a few wheels")]
    let others = (unknown.len() as f64 - 1.0).max(1.0);
    let all: f64 = unknown.iter().map(share).sum();
    unknown
        .iter()
        .map(|wheel| (all - share(wheel)) / others)
        .collect()
}
