//! The high–low test: which wheel owns a dip.
//!
//! With all unknown wheels in the dip, one at a time is set aside. Where the tallest wheel is the one
//! set aside the fence climbs back on it and the contact width is largest.

use super::sweep::Found;
use super::{Handle, Manipulator, Step, Stops, empty_list, reading_sd};
use crate::mechanism::dial_lock::PerWheel;
use crate::units::wrap;

/// How far a wheel is set aside in each round of the test, marks (CLAS: 10): to the other side and
/// by another offset before it counts as inconclusive.
const ASIDE_MARKS: [f64; 3] = [10.0, -10.0, 15.0];
/// Readings of each case in the first round; in each later one as many again as there are.
const REPEATS: u32 = 2;
/// The test goes on until the dip would be so many standard deviations deep: the owner's width stands out by that.
const ENOUGH: f64 = 6.0;
/// How many standard deviations of a difference make a verdict.
const MARGIN: f64 = 2.0;

/// What a high–low test says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The case (0-based) with the largest width stands out.
    Owner(usize),
    /// The largest width does not stand out from the noise.
    Inconclusive,
}

/// Judges contact widths of the cases, each with standard deviation `width_sd_marks`: the largest
/// must lead the next by two standard deviations of a difference.
#[must_use]
pub fn high_low_verdict(widths_marks: &[f64], width_sd_marks: f64) -> Verdict {
    verdict(
        &descending(widths_marks),
        lead(widths_marks, width_sd_marks),
    )
}

/// Judges cases in such an order, the first of which leads the next by so many standard deviations of a difference.
fn verdict(order: &[usize], lead_sds: f64) -> Verdict {
    match *order {
        [only] => Verdict::Owner(only),
        [best, ..] if lead_sds > MARGIN => Verdict::Owner(best),
        _ => Verdict::Inconclusive,
    }
}

fn descending(widths: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by(|&a, &b| widths[b].total_cmp(&widths[a]));
    order
}

/// By how many standard deviations of a difference the largest width leads the next; 0 where there is no next.
fn lead(widths_marks: &[f64], width_sd_marks: f64) -> f64 {
    let (mut best, mut next) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for &width in widths_marks {
        next = next.max(best.min(width));
        best = best.max(width);
    }
    if widths_marks.len() < 2 {
        return 0.0;
    }
    (best - next) / (std::f64::consts::SQRT_2 * width_sd_marks)
}

/// The wheels that may own a dip.
pub(super) struct Owners {
    /// Likeliest first.
    pub(super) wheels: PerWheel<usize>,
    /// How many standard deviations stand behind the dip and behind the first one's being its owner, whichever is less
    /// clear; a conclusive test stands behind it as the dip does. Those behind the first one are no clearer.
    pub(super) clear: f64,
}

impl Manipulator<'_> {
    /// The wheels that may own the dip `found`; one if the test is conclusive (two in a pass that doubts verdicts).
    /// Inconclusive tests are repeated to the other side and by another offset, each time with as many readings as
    /// there are, and the means taken.
    pub(super) fn owners(&mut self, handle: &mut Handle<'_>, found: Found) -> Step<Owners> {
        let unknown = self.unknown();
        let mut sums: PerWheel<f64> = unknown.iter().map(|_| 0.0).collect();
        let mut made = 0;
        let one_sd = reading_sd(handle.reader());
        let enough = found.readings_for(ENOUGH);
        let mut round = 0;
        loop {
            let aside = ASIDE_MARKS[round % ASIDE_MARKS.len()];
            round += 1;
            let mut cases = empty_list(handle);
            for &wheel in &unknown {
                cases.push(&self.case(found.mark, wheel, aside));
            }
            let repeats = made.max(REPEATS);
            self.read(handle, cases, repeats)?;
            for (sum, width) in sums.iter_mut().zip(&self.widths) {
                *sum += f64::from(repeats) * width;
            }
            made += repeats;
            let means: PerWheel<f64> = sums.iter().map(|s| s / f64::from(made)).collect();
            let sd = one_sd / f64::from(made).sqrt();
            let (order, lead) = (descending(&sums), lead(&means, sd));
            let verdict = verdict(&order, lead);
            handle.count_test(verdict == Verdict::Inconclusive);
            let ranked = order.iter().map(|&k| unknown[k]);
            if let Verdict::Owner(k) = verdict {
                handle.think(|| {
                    format!(
                        "the high-low test gives the dip at {:.1} to wheel {}",
                        found.mark,
                        unknown[k] + 1
                    )
                });
                let most = if self.pass.doubts { 2 } else { 1 };
                return Ok(Owners {
                    wheels: ranked.take(most).collect(),
                    clear: found.clear,
                });
            }
            handle.think(|| "the high-low test is inconclusive".to_owned());
            if round >= ASIDE_MARKS.len() && made >= enough {
                return Ok(Owners {
                    wheels: ranked.collect(),
                    clear: found.clear.min(lead),
                });
            }
        }
    }

    /// Every unknown wheel in the dip but `wheel`, which is set aside.
    fn case(&self, dip: f64, wheel: usize, aside: f64) -> Stops {
        self.stops_for(|i| match self.parked[i] {
            Some(number) => number,
            None => {
                let in_dip = self.number_at(i, dip);
                let moved = if i == wheel { aside } else { 0.0 };
                wrap(in_dip + moved, self.facts.marks)
            }
        })
    }
}
