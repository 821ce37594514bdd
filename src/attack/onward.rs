//! Many settings that go on one from the other.
//!
//! **What.** For a row of marks of the stop that alone is moved: how far the settings go on, and how often the marks are
//! passed; what [`MovingStop::on_from`] says of each.
//!
//! **Model.** That of `setting.rs`, eight settings at a time. What hangs on all settings before (how long the stop's run
//! has become) is added up one by one.
//!
//! **Assumptions.** As there.
//!
//! **Reference.** `physics.md` 1.7, 4.
//!
//! **Checked by.** The test below: against [`MovingStop::on_from`] one by one. `tests/it/laws/tour.rs`.

use super::setting::{MovingStop, Runs, SPARE_MARKS, Stop, run_to};
use crate::eight::{full, wrap_near};
use fearless_simd::{Level, Select, Simd, SimdBase, SimdFloat, SimdMask, dispatch, f64x8};

/// Settings that are looked at together.
const EIGHT: usize = 8;

/// A row of marks of the stop that moves, on the first of which it stands.
#[derive(Clone, Copy)]
pub(super) struct Row<'b> {
    /// The marks, and room.
    pub(super) marks: &'b [f64],
    pub(super) len: usize,
    /// How far the stop has gone on before, marks, and the last two stops.
    pub(super) gone: f64,
    pub(super) runs: Runs,
    /// Where the dial stands after each setting, marks.
    pub(super) rest_marks: f64,
}

/// What is put down of each setting behind the first one; rows have room for an eight more.
pub(super) struct Onward<'p> {
    /// How far the stop has gone on, marks.
    pub(super) on: &'p mut [f64],
    /// How often its mark is passed.
    pub(super) passes: &'p mut [f64],
}

impl MovingStop<'_> {
    /// Goes on from the first mark of `row` over as many as can be reached so; says how many these are, and how
    /// the last two stops are then.
    pub(super) fn on_over(&self, row: Row<'_>, out: Onward<'_>) -> (usize, Runs) {
        // Read or tried at, a last wheel in the contact area does not stay.
        let is_hidden = |behind: &(Stop, f64)| self.facts.is_hidden(behind.0.mark);
        if self.behind.as_ref().is_some_and(is_hidden) {
            return (0, row.runs);
        }
        let (made, run) = dispatch!(Level::new(), simd => self.on_by_eights(simd, row, out));
        let runs = match &self.behind {
            _ if made == 0 => row.runs,
            None => Runs {
                last: run,
                ..row.runs
            },
            Some((behind, _)) => {
                let back = self.direction.reversed();
                Runs {
                    before: run,
                    last: run_to(self.facts, row.marks[made], *behind, back),
                }
            }
        };
        (made, runs)
    }

    /// How many, and the run of the stop that moves then.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn on_by_eights<S: Simd>(&self, simd: S, row: Row<'_>, out: Onward<'_>) -> (usize, f64) {
        let (n, sign) = (self.facts.marks, self.direction.sign());
        let (mut gone, mut run) = (row.gone, row.runs.last);
        if self.behind.is_some() {
            run = row.runs.before;
        }
        let can_carry = self.behind.is_some() && self.stop > 0;
        let mut made = 0;
        while made + 1 < row.len {
            let (old, new) = (full(simd, row.marks, made), full(simd, row.marks, made + 1));
            let ahead = wrap_near((new - old) * sign, n);
            let mut can = ahead.simd_gt(0.0) & ahead.simd_lt(0.5 * n);
            let mut lasts = [row.runs.last; EIGHT];
            let passes = if let Some((behind, back)) = &self.behind {
                let mut found = [0.0; EIGHT];
                self.last_run(simd, old, behind).store_slice(&mut found);
                let from = usize::from(made == 0);
                lasts[from..].copy_from_slice(&found[from..]);
                let last = f64x8::from_slice(simd, &lasts);
                // It must come all the way back that the stop behind took.
                can &= last.simd_ge(back + SPARE_MARKS);
                let come = crate::units::wrap_near(sign * (row.rest_marks - behind.mark), n);
                let way = self.whole_way(simd, new - row.rest_marks);
                let more = (last + ahead - come - way) / n;
                (more + 0.5).floor().max(0.0) + 1.0
            } else {
                // The dial must first come back to the old mark, where it picks the wheels up again.
                let (from, span) = self.facts.hidden_marks;
                can &= wrap_near(old - from, n).simd_ge(span);
                let to_old = wrap_near((old - row.rest_marks) * sign, n);
                let to_new = wrap_near((new - row.rest_marks) * sign, n);
                let once = f64x8::splat(simd, 1.0);
                to_new.simd_lt(to_old).select(once + 1.0, once)
            };
            passes.store_slice(&mut out.passes[made..made + EIGHT]);
            let mut aheads = [0.0; EIGHT];
            ahead.store_slice(&mut aheads);
            let can = can.to_bitmask();
            let here = (row.len - 1 - made).min(EIGHT);
            for k in 0..here {
                let longer = run + aheads[k];
                // A last stop longer than this one has carried the wheel before along, which must be set again.
                let has_carried = can_carry && lasts[k] + SPARE_MARKS > run;
                // A longer run would.
                if can >> k & 1 == 0 || has_carried || longer > self.most_run_marks {
                    return (made + k, run);
                }
                (gone, run) = (gone + aheads[k], longer);
                out.on[made + k] = gone;
            }
            made += here;
        }
        (made, run)
    }

    /// The last run behind each mark in `from`.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn last_run<S: Simd>(&self, simd: S, from: f64x8<S>, behind: &Stop) -> f64x8<S> {
        let n = self.facts.marks;
        let way = self.whole_way(simd, from - behind.mark);
        let needed = f64x8::splat(simd, self.facts.reach_marks[behind.first]);
        way + ((needed - way) / n).ceil().max(0.0) * n
    }

    /// The way that leads `x` marks on, a whole turn where that is none.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn whole_way<S: Simd>(&self, simd: S, x: f64x8<S>) -> f64x8<S> {
        let n = self.facts.marks;
        let way = wrap_near(x * self.direction.sign(), n);
        way.simd_lt(1e-9).select(f64x8::splat(simd, n), way)
    }
}
