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
use crate::mechanism::drive_train::Direction;

/// Contact points as the reader has them before noise, and their standard deviations.
#[derive(Clone, Copy)]
pub(super) struct Touched {
    left_marks: f64,
    right_marks: f64,
    left_sd_marks: f64,
    right_sd_marks: f64,
}

impl Touched {
    /// What `reader` notes, with deviates for left and right.
    pub(super) fn read(&self, reader: &Reader, left_z: f64, right_z: f64) -> Reading {
        Reading {
            left_marks: reader.rounded(self.left_marks + self.left_sd_marks * left_z),
            right_marks: reader.rounded(self.right_marks + self.right_sd_marks * right_z),
        }
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
        let (left_z, right_z) = (self.eye.draw(), self.eye.draw());
        let touched = Touched {
            right_marks: r.right_marks,
            right_sd_marks: r.right_sd_marks,
            ..l
        };
        Ok(touched.read(self.reader, left_z, right_z))
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

    /// What was felt as the reader has it.
    pub(super) fn touched(&self, felt: Felt) -> Step<Touched> {
        let centre = self.lock.contact_centre_marks + self.reader.bias_marks;
        let sd = |step_nmm| {
            self.reader
                .sigma_marks(step_nmm, self.lock.dial_friction_nmm)
        };
        match felt {
            Felt::Open => Err(Stop::Opened),
            Felt::Contact(c) => Ok(Touched {
                left_marks: centre + c.left_marks,
                right_marks: centre + c.right_marks,
                left_sd_marks: sd(c.left_step_nmm),
                right_sd_marks: sd(c.right_step_nmm),
            }),
            // Where no flank stops the nose a mark read is as good as any other.
            Felt::Nothing => {
                let anywhere = self.facts.marks.max(self.reader.sigma0_marks);
                Ok(Touched {
                    left_marks: centre,
                    right_marks: centre,
                    left_sd_marks: anywhere,
                    right_sd_marks: anywhere,
                })
            }
        }
    }
}
