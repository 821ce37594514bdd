//! What a careful reader believes: which unknown wheel is the tallest, where its gate is, and by how
//! much it is taller than the next.
//!
//! **What.** The posterior over (wheel, gate position, difference in height) of one stage: the known
//! wheels stand in their gates, the fence rests on the tallest of the others.
//!
//! **Model.** The lever is at the level of the tallest wheel's rim (a constant and a wave for its
//! eccentricity, fitted to the sweep); over its gate it sinks by the gate's own shape, at most to
//! the next wheel. A reading's likelihood is exact: normal noise of both contact points, rounded to
//! the reader's step. Gate positions lie on a grid of a quarter mark, finer than a window; false gates
//! are part of a wheel's shape. The hand's slip is integrated out at three points.
//!
//! **Assumptions.** The level and its wave are taken at their best fit; the next wheel's own wave and
//! gates are left out; heights and wheels are equally likely a priori as the tolerances say.
//!
//! **Reference.** `physics.md` 1.3, 1.5, 4.
//!
//! **Checked by.** `attack::rig::tests` (finds the tallest wheel's gate, as surely as it says); `tests/it/laws/ideal.rs`.

mod sense;
mod shape;
mod wave;

pub(in crate::attack) use self::sense::Sense;
pub use self::shape::Shape;
use self::shape::{GAPS, STEPS_PER_MARK};
use self::wave::Wave;
use super::reader::Reader;
use super::wall::{Facts, Reading};
use crate::math;
use crate::units::{circular_difference, wrap};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Log chances so far below the best one count as none.
const NEGLIGIBLE: f64 = -25.0;
/// Log chance of a number that no allowed code has.
const RULED_OUT: f64 = -30.0;

/// One reading and the wheels' numbers it was made with.
struct Seen {
    numbers: Vec<f64>,
    likelihood: Rc<Vec<f64>>,
    is_sweep: bool,
}

/// A place where a gate may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// The wheel.
    pub(super) wheel: usize,
    /// Its number there, marks.
    pub(super) number: f64,
    /// The chance that it is the tallest and its gate lies within a window of that number.
    pub(super) p: f64,
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
    gaps_rad: [f64; GAPS],
    /// Number of each unknown wheel minus the mark of the sweep.
    shifts: Vec<f64>,
    wave: Wave,
    seen: Vec<Seen>,
    /// Log likelihood by unknown wheel, apart from its gate.
    plain: Vec<f64>,
    /// What a gate adds: by unknown wheel, place, gap.
    gate: Vec<f64>,
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
        let places = (facts.marks * STEPS_PER_MARK) as usize;
        let grid_sd = 1.0 / (STEPS_PER_MARK * 12.0_f64.sqrt());
        let gaps_rad = *shape.gaps_rad(unknown.len());
        Self {
            sense: Rc::clone(sense),
            marks: facts.marks,
            window_half_marks: facts.window_half_marks,
            slip_marks: math::hypot(reader.mis_set_sd_marks, grid_sd) * 3.0_f64.sqrt(),
            gaps_rad,
            shifts,
            wave: Wave::default(),
            seen: Vec::new(),
            plain: vec![0.0; unknown.len()],
            gate: vec![0.0; unknown.len() * places * GAPS],
            malus: vec![0.0; unknown.len() * places],
            unknown,
            shape: Arc::clone(shape),
        }
    }

    /// Grid points of a gate's position.
    pub(super) fn places(&self) -> usize {
        self.malus.len() / self.unknown.len()
    }

    /// The number at grid point `place`, marks.
    pub(super) fn number(&self, place: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred places")]
        let place = place as f64;
        place / STEPS_PER_MARK
    }

    /// Takes in the readings of a sweep, each with the wheels' numbers, and fits the level anew.
    pub(super) fn take_sweep(&mut self, readings: Vec<(Vec<f64>, Reading)>) {
        let known = self.seen.len();
        for (numbers, reading) in readings {
            let likelihood = self.sense.borrow_mut().likelihood(reading);
            self.seen.push(Seen {
                numbers,
                likelihood,
                is_sweep: true,
            });
        }
        let first = self.unknown[0];
        let sense = self.sense.borrow();
        let points: Vec<(f64, f64)> = self
            .seen
            .iter()
            .filter(|s| s.is_sweep)
            .map(|s| {
                let mark = wrap(s.numbers[first] - self.shifts[0], self.marks);
                (mark, sense.estimate_rad(&s.likelihood))
            })
            .collect();
        drop(sense);
        let wave = Wave::fit(&points, self.marks, 1.0);
        let seen = std::mem::take(&mut self.seen);
        // where the level has hardly moved, what was read before says the same
        let from = if self.is_same(&wave) { known } else { 0 };
        if from == 0 {
            self.wave = wave;
            self.plain.fill(0.0);
            self.gate.fill(0.0);
        }
        for one in &seen[from..] {
            self.update(one);
        }
        self.seen = seen;
    }

    /// Whether `wave` is the present one to within half a level.
    fn is_same(&self, wave: &Wave) -> bool {
        let sense = self.sense.borrow();
        (0..8).all(|k| {
            let mark = f64::from(k) / 8.0 * self.marks;
            (wave.at(mark) - self.wave.at(mark)).abs() < 0.5 * sense.step_rad()
        })
    }

    /// Takes in one reading with the wheels at `numbers`.
    pub(super) fn take(&mut self, numbers: Vec<f64>, reading: Reading) {
        let one = Seen {
            numbers,
            likelihood: self.sense.borrow_mut().likelihood(reading),
            is_sweep: false,
        };
        self.update(&one);
        self.seen.push(one);
    }

    fn update(&mut self, seen: &Seen) {
        let (places, shape) = (self.places(), Arc::clone(&self.shape));
        let sense = self.sense.borrow();
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let number = seen.numbers[wheel];
            let level_rad = self.wave.at(number - self.shifts[k]);
            let plain = seen.likelihood[sense.level(level_rad)];
            self.plain[k] += math::ln(plain);
            for step in shape.felt(wheel) {
                let place = self.place_before(number, *step);
                let Some(drops) = self.drops(wheel, number - self.number(place)) else {
                    continue;
                };
                let at = (k * places + place) * GAPS;
                for (g, gap) in self.gaps_rad.iter().enumerate() {
                    let p = |drop: f64| {
                        let level = sense.level(level_rad - drop.min(*gap));
                        seen.likelihood[level]
                    };
                    let mixed = (p(drops[0]) + 4.0 * p(drops[1]) + p(drops[2])) / 6.0;
                    if (mixed - plain).abs() > 1e-12 {
                        self.gate[at + g] += math::ln(mixed / plain);
                    }
                }
            }
        }
    }

    /// The grid point `steps` below `number`.
    #[inline]
    fn place_before(&self, number: f64, steps: usize) -> usize {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the dial"
        )]
        let at = (wrap(number, self.marks) * STEPS_PER_MARK) as usize;
        (at + self.places() - steps) % self.places()
    }

    /// How far the lever sinks at `offset` from a gate for three slips of the hand; `None` off it.
    #[inline]
    fn drops(&self, wheel: usize, offset: f64) -> Option<[f64; 3]> {
        let at = |slip: f64| self.shape.drop_rad(wheel, offset + slip);
        let drops = [at(-self.slip_marks), at(0.0), at(self.slip_marks)];
        drops.iter().any(|d| *d > 0.0).then_some(drops)
    }

    /// The chance of each (unknown wheel, place, gap), in this order; sums to 1.
    pub(super) fn posterior(&self) -> Vec<f64> {
        let mut p = vec![0.0; self.gate.len()];
        let mut most = f64::NEG_INFINITY;
        let wheels = self.malus.chunks(self.places()).zip(&self.plain);
        let mut at = 0;
        for (malus, plain) in wheels {
            for malus in malus {
                for (p, gate) in p[at..at + GAPS].iter_mut().zip(&self.gate[at..]) {
                    *p = plain + malus + gate;
                    most = most.max(*p);
                }
                at += GAPS;
            }
        }
        let mut sum = 0.0;
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

    /// The likeliest places, at most `most`, each a window wide and apart from the others.
    pub(super) fn candidates(&self, by_place: &[f64], most: usize) -> Vec<Candidate> {
        let places = self.places();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few places"
        )]
        let reach = (self.window_half_marks * STEPS_PER_MARK + 0.5) as usize;
        let mut left = by_place.to_vec();
        let mut found = Vec::new();
        while found.len() < most {
            let best = (0..left.len()).max_by(|&a, &b| left[a].total_cmp(&left[b]));
            let Some(best) = best.filter(|&b| left[b] > 0.0) else {
                break;
            };
            let (k, centre) = (best / places, best % places);
            let (mut p, mut moment) = (0.0, 0.0);
            for step in 0..=2 * reach {
                let place = (centre + places + step - reach) % places;
                let share = std::mem::take(&mut left[k * places + place]);
                p += share;
                moment += share
                    * circular_difference(self.number(place), self.number(centre), self.marks);
            }
            found.push(Candidate {
                wheel: self.unknown[k],
                number: wrap(self.number(centre) + moment / p, self.marks),
                p,
            });
        }
        found
    }

    /// How much the contact width varies over what is believed, with the wheels at `numbers`, in
    /// variances of one reading; with `posterior` as of now and its `masses` by wheel.
    pub(super) fn contrast(&self, posterior: &[f64], masses: &[f64], numbers: &[f64]) -> f64 {
        let places = self.places();
        let (mut mean, mut square) = (0.0, 0.0);
        let sense = self.sense.borrow();
        let zero = sense.width_marks(sense.level(self.wave.at(0.0)));
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let number = numbers[wheel];
            let level_rad = self.wave.at(number - self.shifts[k]);
            let width = |drop: f64| sense.width_marks(sense.level(level_rad - drop)) - zero;
            let off = width(0.0);
            let mut rest = masses[k];
            for step in self.shape.felt(wheel) {
                let place = self.place_before(number, *step);
                let at = (k * places + place) * GAPS;
                if posterior[at..at + GAPS].iter().all(|p| *p < 1e-9) {
                    continue;
                }
                let Some(drops) = self.drops(wheel, number - self.number(place)) else {
                    continue;
                };
                for (p, gap) in posterior[at..at + GAPS].iter().zip(&self.gaps_rad) {
                    if *p > 1e-9 {
                        let w = width(drops[1].min(*gap));
                        mean += p * w;
                        square += p * w * w;
                        rest -= p;
                    }
                }
            }
            mean += rest.max(0.0) * off;
            square += rest.max(0.0) * off * off;
        }
        let sd = sense.width_sd_marks();
        (square - mean * mean).max(0.0) / (sd * sd)
    }

    /// Lowers the chance of the places within a window of `number` on `wheel` by the factor `by`.
    pub(super) fn discount(&mut self, wheel: usize, number: f64, by: f64) {
        let places = self.places();
        let Some(k) = self.unknown.iter().position(|&u| u == wheel) else {
            return;
        };
        for place in 0..places {
            let away = circular_difference(self.number(place), number, self.marks);
            if away.abs() <= self.window_half_marks {
                self.malus[k * places + place] += math::ln(by);
            }
        }
    }

    /// The chance that the gate of `wheel` is within two windows of `number`.
    pub(super) fn mass_near(&self, by_place: &[f64], wheel: usize, number: f64) -> f64 {
        let places = self.places();
        let Some(k) = self.unknown.iter().position(|&u| u == wheel) else {
            return 0.0;
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few places"
        )]
        let reach = (4.0 * self.window_half_marks * STEPS_PER_MARK) as usize;
        let reach = reach.min(places / 2 - 1);
        let from = self.place_before(number, reach);
        let near = (0..=2 * reach).map(|step| by_place[k * places + (from + step) % places]);
        near.sum()
    }

    /// Rules out the numbers that no allowed code has with the wheels in `parked` near theirs.
    pub(super) fn rule_out(&mut self, facts: &Facts<'_>, parked: &[Option<f64>]) {
        let places = self.places();
        for (k, &wheel) in self.unknown.iter().enumerate() {
            let can: Vec<bool> = (0..facts.model.marks)
                .map(|mark| facts.can_be(wheel, mark, parked))
                .collect();
            for place in 0..places {
                let mark = wrap(math::round(self.number(place)), self.marks);
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "within the dial"
                )]
                if !can[mark as usize] {
                    self.malus[k * places + place] += RULED_OUT;
                }
            }
        }
    }
}
