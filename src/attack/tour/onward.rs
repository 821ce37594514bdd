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
//! **Checked by.** `onward_tests.rs`: against [`MovingStop::on_from`] one by one; `tests/it/laws/tour.rs`.

use crate::attack::setting::{MovingStop, Runs, SPARE_MARKS, Stop, run_to};
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
        if self.stays_not() {
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

    /// Whether the stop behind leaves the last wheel in the contact area: read or tried at, it does not stay there.
    fn stays_not(&self) -> bool {
        let is_hidden = |behind: &(Stop, f64)| self.facts.is_hidden(behind.0.mark);
        self.behind.as_ref().is_some_and(is_hidden)
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
                let way = self.whole_way(simd, (new - row.rest_marks) * sign);
                let more = (last + ahead - come - way) / n;
                (more + 0.5).floor().max(0.0) + 1.0
            } else {
                // The dial must first come back to the old mark, where it picks the wheels up again.
                can &= self.is_in_sight(old);
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

    /// How many of `row`, the first one not counted, are dialed anew since they cannot go on from the one before, which is
    /// dialed anew too; `before` is the mark of the stop before the one that moves. `row` is so many marks, and room.
    pub(super) fn anew_over(&self, row: (&[f64], usize), before: Option<f64>) -> usize {
        dispatch!(Level::new(), simd => self.anew_by_eights(simd, row, before))
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn anew_by_eights<S: Simd>(
        &self,
        simd: S,
        (marks, len): (&[f64], usize),
        before: Option<f64>,
    ) -> usize {
        let (n, sign) = (self.facts.marks, self.direction.sign());
        let never = self.stays_not();
        let mut made = 0;
        while made + 1 < len {
            let (old, new) = (full(simd, marks, made), full(simd, marks, made + 1));
            let ahead = wrap_near((new - old) * sign, n);
            let run = match before {
                Some(before) => self.run_from(simd, old - before, sign, self.needed_marks),
                None => f64x8::splat(simd, 0.0),
            };
            let mut can = (run + ahead).simd_le(self.most_run_marks) & ahead.simd_lt(0.5 * n);
            if let Some((behind, back)) = &self.behind {
                let last = self.last_run(simd, old, behind);
                can &= last.simd_ge(back + SPARE_MARKS);
                if self.stop > 0 {
                    can &= (last + SPARE_MARKS).simd_le(run);
                }
            } else {
                can &= self.is_in_sight(old);
            }
            // Where the mark stays the wheels stand already.
            let is_other = ahead.simd_gt(0.0);
            let goes_on = if never { 0 } else { can.to_bitmask() } | !is_other.to_bitmask();
            let here = (len - 1 - made).min(EIGHT);
            let anew = (goes_on.trailing_zeros() as usize).min(here);
            made += anew;
            if anew < here {
                break;
            }
        }
        made
    }

    /// Whether the last wheel, left on each of these marks, is not in the contact area.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn is_in_sight<S: Simd>(&self, marks: f64x8<S>) -> <f64x8<S> as SimdBase<S>>::Mask {
        let (from, span) = self.facts.hidden_marks;
        wrap_near(marks - from, self.facts.marks).simd_ge(span)
    }

    /// [`run_to`] of ways that lead `x` marks on in a direction of this sign.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn run_from<S: Simd>(&self, simd: S, x: f64x8<S>, sign: f64, needed_marks: f64) -> f64x8<S> {
        let n = self.facts.marks;
        let way = self.whole_way(simd, x * sign);
        let short = f64x8::splat(simd, needed_marks) - way;
        way + (short / n).ceil().max(0.0) * n
    }

    /// The last run behind each mark in `from`.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn last_run<S: Simd>(&self, simd: S, from: f64x8<S>, behind: &Stop) -> f64x8<S> {
        let needed = self.facts.reach_marks[behind.first];
        self.run_from(simd, from - behind.mark, self.direction.sign(), needed)
    }

    /// The ways that lead `x` marks on, whole turns where that is nowhere.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "as on_by_eights")]
    fn whole_way<S: Simd>(&self, simd: S, x: f64x8<S>) -> f64x8<S> {
        let n = self.facts.marks;
        let way = wrap_near(x, n);
        way.simd_lt(1e-9).select(f64x8::splat(simd, n), way)
    }
}

#[cfg(test)]
#[path = "onward_tests.rs"]
mod tests;
