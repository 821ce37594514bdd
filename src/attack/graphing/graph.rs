//! The graph: what was read over the dial, its baseline and its noise, and what lies below.
//!
//! **Model.** The baseline of a point is the running location of its neighbours in the first round, in
//! which every point is read equally often: rounds over the deeper points only would pull it up beside
//! points that were low by chance. Depths are counted in standard deviations of their own mean. A gate shows wider
//! than a step of the sweep, so two neighbours that lie low are one dip where the two stand out more than each.
//!
//! **Reference.** Running location and noise: Huber's estimates, the noise not below what the reader knows of
//! his hand and dial (`stats/robust.rs`).

use super::reading_sd;
use crate::attack::reader::Reader;
use crate::stats::quantile;
use crate::stats::robust::{circular_running_location, spread};
use crate::units::wrap_near;

/// Most places of one graph that are looked at again.
const MOST_DIPS: usize = 8;

/// Something of each place that is looked at again.
pub(super) type PerDip<T> = arrayvec::ArrayVec<T, MOST_DIPS>;

/// Most readings of one point when a dip is looked at again.
const MOST_READINGS: f64 = 48.0;
/// Half-width of the running baseline, points.
const BASELINE_POINTS: usize = 9;
/// Where deviations from a baseline are cut off, standard deviations (Huber's usual choice).
const CLIP: f64 = 1.5;

/// Least standard deviation of a reading that is reckoned with, marks: also an exact reader's graph has some noise.
const LEAST_SD: f64 = 1e-6;

/// Widths over the dial. Rows have an entry for each point.
#[derive(Default)]
pub(in crate::attack) struct Graph {
    marks: Vec<f64>,
    dial_marks: f64,
    apart_marks: f64,
    sums: Vec<f64>,
    readings: Vec<u32>,
    /// Square roots of how many readings there are.
    roots: Vec<f64>,
    /// From the first round, marks.
    baseline: Vec<f64>,
    /// How far below it, marks.
    depths: Vec<f64>,
    /// The same in standard deviations of the point's own mean.
    clear: Vec<f64>,
    /// Room for how deep they may be, marks.
    may_be: Vec<f64>,
    /// Standard deviation of the baseline in those of one reading.
    baseline_sds: f64,
    /// Standard deviation of one reading: as the reader knows it, and as the graph shows it, marks.
    known_sd: f64,
    one_sd: f64,
}

/// A dip as first seen.
#[derive(Clone, Copy)]
pub(super) struct Dip {
    /// Dial mark of the sweep.
    pub(super) mark: f64,
    /// The width without it, marks.
    pub(super) baseline: f64,
    /// Standard deviation of the baseline, marks.
    pub(super) baseline_sd: f64,
    /// Standard deviation of one reading, marks.
    pub(super) one_sd: f64,
    /// How far below the baseline, marks.
    depth: f64,
}

impl Dip {
    /// How many readings have a mean that lies `margin` standard deviations below the baseline.
    pub(super) fn readings_for(&self, margin: f64) -> u32 {
        readings_for(margin, self.depth / self.one_sd)
    }
}

/// How many readings have a mean that lies `margin` of its standard deviations below the baseline, where one has
/// `depth_sds` of its own; as many as one dip is worth.
pub(super) fn readings_for(margin: f64, depth_sds: f64) -> u32 {
    let needed = (margin / depth_sds.max(1e-9)).powi(2);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 48"
    )]
    let needed = needed.ceil().clamp(1.0, MOST_READINGS) as u32;
    needed
}

impl Graph {
    /// Begins an empty graph once around a dial of `marks` from mark `from`, with points at most `step` marks apart.
    pub(super) fn begin(&mut self, reader: &Reader, (from, marks): (f64, f64), step: f64) {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred points"
        )]
        let points = (marks / step).ceil() as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few hundred points")]
        let apart = marks / points as f64;
        self.marks.clear();
        #[allow(clippy::cast_precision_loss, reason = "a few hundred points")]
        let at = |k: usize| wrap_near(from + apart * k as f64, marks);
        self.marks.extend((0..points).map(at));
        (self.dial_marks, self.apart_marks) = (marks, apart);
        self.readings.clear();
        self.readings.resize(points, 0);
        for row in [&mut self.sums, &mut self.roots, &mut self.depths] {
            row.clear();
            row.resize(points, 0.0);
        }
        self.baseline.clear();
        self.known_sd = reading_sd(reader).max(LEAST_SD);
    }

    /// Dial marks of its points.
    pub(super) fn marks(&self) -> &[f64] {
        &self.marks
    }

    /// Distance of its points, marks.
    pub(super) fn step(&self) -> f64 {
        self.apart_marks
    }

    /// Readings of the point that has most.
    pub(super) fn most_readings(&self) -> u32 {
        self.readings.iter().copied().max().unwrap_or(0)
    }

    /// Takes in the mean widths of so many readings at each of `points`; the first time these are all.
    pub(super) fn add(&mut self, points: &[usize], widths: &[f64], readings: u32) {
        if self.baseline.is_empty() {
            self.add_first(widths, f64::from(readings));
            self.readings.fill(readings);
        } else {
            self.add_more(points, widths, readings);
        }
        self.clear.clear();
        let rows = self.depths.iter().zip(&self.roots);
        self.clear.extend(rows.map(|(depth, root)| depth * root));
        let seen_sd = spread(&self.clear).unwrap_or(0.0);
        self.one_sd = seen_sd.max(self.known_sd);
        let per_sd = 1.0 / self.one_sd;
        self.clear.iter_mut().for_each(|depth| *depth *= per_sd);
    }

    /// Takes in the first mean widths of all points, and the baseline from them.
    fn add_first(&mut self, widths: &[f64], readings: f64) {
        let root = readings.sqrt();
        let clip = CLIP * self.known_sd / root;
        circular_running_location(widths, BASELINE_POINTS, clip, &mut self.baseline);
        #[allow(clippy::cast_precision_loss, reason = "a few neighbours")]
        let neighbours = (2 * BASELINE_POINTS.min((widths.len() - 1) / 2) + 1) as f64;
        self.baseline_sds = 1.0 / (root * neighbours.sqrt());
        self.roots.fill(root);
        let rows = self.sums.iter_mut().zip(&mut self.depths);
        for ((sum, depth), (width, baseline)) in rows.zip(widths.iter().zip(&self.baseline)) {
            *sum = readings * width;
            *depth = baseline - *sum / readings;
        }
    }

    /// Takes in more mean widths of some points.
    fn add_more(&mut self, points: &[usize], widths: &[f64], readings: u32) {
        let (mut made, mut root) = (0, 0.0);
        for (&k, width) in points.iter().zip(widths) {
            self.sums[k] += f64::from(readings) * width;
            self.readings[k] += readings;
            // Mostly as many as of the point before.
            if self.readings[k] != made {
                made = self.readings[k];
                root = f64::from(made).sqrt();
            }
            self.roots[k] = root;
            self.depths[k] = self.baseline[k] - self.sums[k] / f64::from(made);
        }
    }

    /// Dips of at least `threshold` standard deviations, clearest last.
    pub(super) fn dips(&self, threshold: f64) -> PerDip<Dip> {
        // Two points together stand out no more than the root of the sum of their squares.
        let may_be = |k: usize| {
            let [here, there] = [k, self.after(k)].map(|k| self.clear[k].max(0.0));
            here * here + there * there >= threshold * threshold
        };
        let clear_at = |k: usize| {
            if may_be(k) {
                self.place(k).clear
            } else {
                self.clear[k]
            }
        };
        // The clearest ones, clearest first; of those that are as clear the first ones.
        let mut peaks: PerDip<(usize, f64)> = PerDip::new();
        for k in 0..self.clear.len() {
            if !may_be(k) {
                continue;
            }
            let clear = clear_at(k);
            let is_peak = clear > threshold
                && clear >= clear_at(self.before(k))
                && clear > clear_at(self.after(k));
            if is_peak {
                let place = peaks.partition_point(|(_, other)| *other >= clear);
                if place < MOST_DIPS {
                    peaks.truncate(MOST_DIPS - 1);
                    peaks.insert(place, (k, clear));
                }
            }
        }
        let dip = |&(k, _): &(usize, f64)| {
            let (place, next) = (self.place(k), self.after(k));
            let (aside, other) = if place.is_wide { (0.5, next) } else { (0.0, k) };
            Dip {
                mark: wrap_near(self.marks[k] + aside * self.apart_marks, self.dial_marks),
                baseline: 0.5 * (self.baseline[k] + self.baseline[other]),
                baseline_sd: self.baseline_sds * self.one_sd,
                one_sd: self.one_sd,
                depth: place.depth,
            }
        };
        peaks.iter().rev().map(dip).collect()
    }

    /// Point `k` by itself, or with the one after it where the two stand out more than each.
    fn place(&self, k: usize) -> Place {
        let next = self.after(k);
        let [here, there] = [k, next].map(|k| f64::from(self.readings[k]));
        let readings = here + there;
        let depth = (here * self.depths[k] + there * self.depths[next]) / readings;
        let clear = depth * readings.sqrt() / self.one_sd;
        if clear > self.clear[k].max(self.clear[next]) {
            Place {
                clear,
                depth,
                is_wide: true,
            }
        } else {
            Place {
                clear: self.clear[k],
                depth: self.depths[k],
                is_wide: false,
            }
        }
    }

    /// The point after point `k`.
    fn after(&self, k: usize) -> usize {
        if k + 1 < self.clear.len() { k + 1 } else { 0 }
    }

    /// The point before point `k`.
    fn before(&self, k: usize) -> usize {
        k.checked_sub(1).unwrap_or(self.clear.len() - 1)
    }

    /// The `most` points that may lie deepest, in the order of the dial; of those that are as deep as the last one
    /// the first ones.
    #[allow(clippy::float_cmp, reason = "one of the values")]
    pub(super) fn deepest(&mut self, most: usize) -> Vec<usize> {
        // One standard deviation deeper than seen.
        let rows = self.clear.iter().zip(&self.roots);
        let may_be = &mut self.may_be;
        may_be.clear();
        may_be.extend(rows.map(|(clear, root)| (clear + 1.0) / root));
        let least = quantile::least_of_highest(may_be, most).unwrap_or(f64::NEG_INFINITY);
        let mut alike = most.saturating_sub(may_be.iter().filter(|d| **d > least).count());
        let mut among = vec![0; most + 1];
        let mut found = 0;
        // Without a branch, which would be taken at every other point.
        for (k, &depth) in may_be.iter().enumerate() {
            let is_last = depth == least && alike > 0;
            alike -= usize::from(is_last);
            among[found] = k;
            found += usize::from(depth > least || is_last);
        }
        among.truncate(found);
        among
    }
}

/// One point of the graph, or two neighbours.
struct Place {
    /// How many standard deviations it stands out.
    clear: f64,
    /// How far below the baseline, marks.
    depth: f64,
    is_wide: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::reader;

    /// A graph of 50 points that all read `level`, with a dip of `depth` at point 7.
    fn graph(level: f64, depth: f64) -> Graph {
        let expert = reader::find("expert").expect("shipped");
        let mut graph = Graph::default();
        graph.begin(expert, (0.0, 100.0), 2.0);
        let all: Vec<usize> = (0..50).collect();
        let width = |k: &usize| level - if *k == 7 { depth } else { 0.0 };
        let widths: Vec<f64> = all.iter().map(width).collect();
        graph.add(&all, &widths, 1);
        graph
    }

    #[test]
    fn a_dip_is_found_where_it_is_and_how_deep_it_is() {
        let graph = graph(8.0, 0.5);
        let dips = graph.dips(3.0);
        assert_eq!(dips.len(), 1);
        assert!((dips[0].mark - 14.0).abs() < 1e-12);
        // The dip itself pulls the baseline down: one clipped deviation against eighteen.
        let pull = CLIP * graph.known_sd / 18.0;
        assert!((dips[0].baseline - (8.0 - pull)).abs() < 0.1 * pull);
    }

    #[test]
    fn points_that_were_low_by_chance_do_not_lift_the_baseline() {
        let mut graph = graph(8.0, 0.2);
        let before = graph.baseline.clone();
        let deepest = graph.deepest(25);
        assert!(deepest.contains(&7) && deepest.is_sorted());
        graph.add(&deepest, &[8.0; 25], 1);
        assert_eq!(graph.baseline, before);
        assert_eq!(graph.most_readings(), 2);
        assert!((graph.depths[7] - (before[7] - 7.9)).abs() < 1e-12);
    }

    #[test]
    fn shallow_dips_need_more_readings() {
        let graph = graph(8.0, 0.25);
        let dips = graph.dips(3.0);
        let readings = dips[0].readings_for(4.0);
        let exact = (4.0 * graph.known_sd / dips[0].depth).powi(2);
        assert!((f64::from(readings) - exact.ceil()).abs() < 1e-12);
        assert!(dips[0].readings_for(1e6) <= 48);
    }
}
