//! Reading the contact points.
//!
//! **What.** One reading of both contact points, and what it takes from the dial and the clock.
//!
//! **Model.** `σ² = σ_0² (1 + (κ τ_f / Δτ)²)`, then rounding.
//!
//! **Assumptions.** Readings err independently, also of wheels that have not moved.
//!
//! **Reference.** `physics.md` 1.5.
//!
//! **Checked by.** `tests/it/laws/sweep.rs`, `tests/it/laws/trace.rs`.

use super::{Action, Handle, Reader, Reading, Step, Stop};
use crate::attack::behind::Felt;
use crate::attack::reader::LEAST_STEP_NMM;
use crate::mechanism::drive_train::Direction;
use fearless_simd::{Simd, SimdBase, SimdFloat, f64x2};

/// Contact points, left and right, as the reader has them before noise, and their standard deviations.
#[derive(Clone, Copy)]
pub(super) struct Touched {
    marks: [f64; 2],
    sd_marks: [f64; 2],
}

impl Touched {
    /// What is noted with deviates for left and right.
    fn read(&self, deviates: [f64; 2], rounded: impl Fn(f64) -> f64) -> Reading {
        let [left_marks, right_marks] =
            std::array::from_fn(|k| rounded(self.marks[k] + self.sd_marks[k] * deviates[k]));
        Reading {
            left_marks,
            right_marks,
        }
    }
}

/// How a reader reads one lock: what blurs, shifts and rounds what is felt.
#[derive(Clone, Copy)]
pub(super) struct Eye<'r> {
    reader: &'r Reader,
    friction_nmm: f64,
    /// Where the reader takes the contact centre to be, marks.
    centre_marks: f64,
    /// Standard deviation where no flank stops the nose, marks: a mark read is as good as any other.
    anywhere_marks: f64,
}

impl Eye<'_> {
    /// What was felt as the reader has it, the lever not fallen.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "part of vector code")]
    fn touched<S: Simd>(&self, simd: S, felt: &Felt) -> (f64x2<S>, f64x2<S>) {
        let centre = f64x2::splat(simd, self.centre_marks);
        let Felt::Contact(c) = felt else {
            return (centre, f64x2::splat(simd, self.anywhere_marks));
        };
        // [`Reader::sigma_marks`] of both sides.
        let steps = f64x2::from_slice(simd, &[c.left_step_nmm, c.right_step_nmm]);
        let blur =
            f64x2::splat(simd, self.reader.kappa * self.friction_nmm) / steps.max(LEAST_STEP_NMM);
        let sd = (blur * blur + 1.0).sqrt() * self.reader.sigma0_marks;
        let marks = f64x2::from_slice(simd, &[c.left_marks, c.right_marks]);
        (centre + marks, sd)
    }
}

/// Adds the mean width of so many readings at each place of `felt`, the lever not fallen: `deviates` has one for left
/// and one for right of each reading in turn. Left and right are summed up each for themselves, in the order of the
/// readings.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
pub(super) fn mean_widths<S: Simd>(
    simd: S,
    (felt, deviates): (&[Felt], &[f32]),
    (readings, eye): (usize, Eye<'_>),
    widths: &mut Vec<f64>,
) {
    #[allow(
        clippy::cast_precision_loss,
        reason = "at most some dozens of readings"
    )]
    let per = 1.0 / readings as f64;
    // Rounded to whole multiples of a step; where there is none, not at all.
    let step = eye.reader.resolution_marks;
    let per_step = 1.0 / step;
    for (felt, deviates) in felt.iter().zip(deviates.chunks_exact(2 * readings)) {
        let (marks, sd) = eye.touched(simd, felt);
        let mut sums = f64x2::splat(simd, 0.0);
        for pair in deviates.as_chunks::<2>().0 {
            let z = f64x2::from_slice(simd, &[f64::from(pair[0]), f64::from(pair[1])]);
            let at = marks + sd * z;
            sums += if step > 0.0 {
                (at * per_step).round_ties_even() * step
            } else {
                at
            };
        }
        let mut sides = [0.0; 2];
        sums.store_slice(&mut sides);
        widths.push((sides[1] - sides[0]) * per);
    }
}

impl Handle<'_> {
    /// Turns back to the contact area, away from the last direction of turning, and reads both
    /// contact points.
    ///
    /// # Errors
    /// [`Stop::Opened`] where the lever falls all the way, [`Stop::TimeUp`] when the budget is spent.
    pub fn read_contacts(&mut self) -> Step<Reading> {
        let read = self.read_both();
        let time_up = self.time_up();
        let what = || match read {
            Err(Stop::Opened) => "the lever falls: open".to_owned(),
            Err(Stop::TimeUp) => time_up.to_owned(),
            Ok(_) => String::new(),
        };
        self.tell(Action::Read, what, read.ok());
        read
    }

    fn read_both(&mut self) -> Step<Reading> {
        let back = self.heading.reversed();
        let (left, right) = self.facts.contact_marks;
        let (first, second) = if back == Direction::Right {
            (left, right)
        } else {
            (right, left)
        };
        self.approach(back, first);
        let a = self.feel()?;
        let carried = self.approach(back.reversed(), second);
        let b = if carried == 0 { a } else { self.feel()? };
        self.heading = back.reversed();
        self.tally.readings += 1;
        self.pass(2.0 * self.reader.reading_s)?;
        // The dial comes to rest in the contact area; the next move starts there.
        let (l, r) = if back == Direction::Right {
            (a, b)
        } else {
            (b, a)
        };
        let deviates = [self.eye.draw(), self.eye.draw()];
        let touched = Touched {
            marks: [l.marks[0], r.marks[1]],
            sd_marks: [l.sd_marks[0], r.sd_marks[1]],
        };
        Ok(touched.read(deviates, |x| self.reader.rounded(x)))
    }

    fn feel(&mut self) -> Step<Touched> {
        // Read again with no wheel moved, the lock says what it has said.
        if let Some(touched) = self.felt {
            return Ok(touched);
        }
        let felt = self.behind.feel(&self.numbers()[..self.facts.wheels]);
        let touched = self.touched(felt)?;
        self.felt = Some(touched);
        Ok(touched)
    }

    /// How the reader reads this lock.
    pub(super) fn eye(&self) -> Eye<'_> {
        Eye {
            reader: self.reader,
            friction_nmm: self.lock.dial_friction_nmm,
            centre_marks: self.lock.contact_centre_marks + self.reader.bias_marks,
            anywhere_marks: self.facts.marks.max(self.reader.sigma0_marks),
        }
    }

    /// What was felt as the reader has it.
    fn touched(&self, felt: Felt) -> Step<Touched> {
        let eye = self.eye();
        let sd = |step_nmm| self.reader.sigma_marks(step_nmm, eye.friction_nmm);
        match felt {
            Felt::Open => Err(Stop::Opened),
            Felt::Contact(c) => Ok(Touched {
                marks: [c.left_marks, c.right_marks].map(|marks| eye.centre_marks + marks),
                sd_marks: [sd(c.left_step_nmm), sd(c.right_step_nmm)],
            }),
            Felt::Nothing => Ok(Touched {
                marks: [eye.centre_marks; 2],
                sd_marks: [eye.anywhere_marks; 2],
            }),
        }
    }
}
