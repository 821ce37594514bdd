//! The high–low test: which wheel owns a dip.
//!
//! With all unknown wheels in the dip, one at a time is set aside. Where the tallest wheel is the one
//! set aside the fence climbs back on it and the contact width is largest.

use super::{Handle, Manipulator, Step, Stops, empty_list, reading_sd};
use crate::units::wrap;

/// How far a wheel is set aside in each round of the test, marks (CLAS: 10): to the other side and
/// by another offset before it counts as inconclusive.
const ASIDE_MARKS: [f64; 3] = [10.0, -10.0, 15.0];
/// Readings of each case.
const REPEATS: u32 = 2;
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
    let order = descending(widths_marks);
    match order[..] {
        [] => Verdict::Inconclusive,
        [only] => Verdict::Owner(only),
        [best, next, ..] => {
            let lead = widths_marks[best] - widths_marks[next];
            if lead > MARGIN * std::f64::consts::SQRT_2 * width_sd_marks {
                Verdict::Owner(best)
            } else {
                Verdict::Inconclusive
            }
        }
    }
}

fn descending(widths: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by(|&a, &b| widths[b].total_cmp(&widths[a]));
    order
}

impl Manipulator<'_> {
    /// The wheels that may own the dip at sweep mark `dip`, likeliest first; one if the test is
    /// conclusive (two in a pass that doubts verdicts). Inconclusive tests are repeated to the other
    /// side and by another offset, and the means taken.
    pub(super) fn owners(&mut self, handle: &mut Handle<'_>, dip: f64) -> Step<Vec<usize>> {
        let unknown = self.unknown();
        let mut sums = vec![0.0; unknown.len()];
        let mut made = 0.0;
        let one_sd = reading_sd(handle.reader());
        for aside in ASIDE_MARKS {
            let mut cases = empty_list(handle);
            for &wheel in &unknown {
                cases.push(&self.case(dip, wheel, aside));
            }
            self.read(handle, cases, REPEATS)?;
            for (sum, width) in sums.iter_mut().zip(&self.widths) {
                *sum += width;
            }
            made += 1.0;
            let means: Vec<f64> = sums.iter().map(|s| s / made).collect();
            let sd = one_sd / (made * f64::from(REPEATS)).sqrt();
            let verdict = high_low_verdict(&means, sd);
            handle.count_test(verdict == Verdict::Inconclusive);
            if verdict == Verdict::Inconclusive {
                handle.think(|| "the high-low test is inconclusive".to_owned());
            }
            if let Verdict::Owner(k) = verdict {
                handle.think(|| {
                    format!(
                        "the high-low test gives the dip at {dip:.1} to wheel {}",
                        unknown[k] + 1
                    )
                });
                let ranked = descending(&sums).into_iter().map(|k| unknown[k]);
                let most = if self.pass.doubts { 2 } else { 1 };
                return Ok(ranked.take(most).collect());
            }
        }
        Ok(descending(&sums).into_iter().map(|k| unknown[k]).collect())
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
