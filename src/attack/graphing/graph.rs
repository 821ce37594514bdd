//! The graph: what was read over the dial, its baseline and its noise, and what lies below.
//!
//! **Model.** The baseline of a point is the running location of its neighbours in the first round, in
//! which every point is read equally often: rounds over the deeper points only would pull it up beside
//! points that were low by chance. Depths are counted in standard deviations of their own mean.
//!
//! **Reference.** Running location: one step of Huber's estimate; noise: median absolute deviation, not
//! below what the reader knows of his hand and dial (`stats/robust.rs`).

use super::reading_sd;
use crate::attack::reader::Reader;
use crate::stats::robust::{circular_running_location, robust_sd};

/// Most places of one graph that are looked at again.
const MOST_DIPS: usize = 8;
/// Most readings of one point when a dip is looked at again.
const MOST_READINGS: f64 = 48.0;
/// Half-width of the running baseline, points.
const BASELINE_POINTS: usize = 9;
/// Where deviations from a baseline are cut off, standard deviations (Huber's usual choice).
const CLIP: f64 = 1.5;

/// Widths over the dial.
pub(super) struct Graph {
    marks: Vec<f64>,
    sums: Vec<f64>,
    readings: Vec<u32>,
    /// From the first round, marks.
    baseline: Vec<f64>,
    /// Standard deviation of the baseline in those of one reading.
    baseline_sds: f64,
    /// Standard deviation of one reading as the reader knows it, marks.
    known_sd: f64,
}

/// How far the points of a graph lie below its baseline.
pub(super) struct Depths {
    /// Of each point, in its own standard deviations.
    clear: Vec<f64>,
    /// Standard deviation of one reading, marks.
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
        let needed = (margin * self.one_sd / self.depth.max(1e-9)).powi(2);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 48"
        )]
        let needed = needed.ceil().clamp(1.0, MOST_READINGS) as u32;
        needed
    }
}

impl Graph {
    /// An empty graph over a dial of `marks`, with points at most `step` marks apart.
    pub(super) fn new(reader: &Reader, marks: f64, step: f64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred points"
        )]
        let points = (marks / step).ceil() as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few hundred points")]
        let at = |k: usize| marks * k as f64 / points as f64;
        Self {
            marks: (0..points).map(at).collect(),
            sums: vec![0.0; points],
            readings: vec![0; points],
            baseline: Vec::new(),
            baseline_sds: 0.0,
            known_sd: reading_sd(reader),
        }
    }

    /// Dial marks of its points.
    pub(super) fn marks(&self) -> &[f64] {
        &self.marks
    }

    /// Distance of its points, marks.
    pub(super) fn step(&self) -> f64 {
        self.marks.get(1).copied().unwrap_or(0.0)
    }

    /// Readings of the point that has most.
    pub(super) fn most_readings(&self) -> u32 {
        self.readings.iter().copied().max().unwrap_or(0)
    }

    /// Takes in the mean widths of so many readings at each of `points`; the first time these are all.
    pub(super) fn add(&mut self, points: &[usize], widths: &[f64], readings: u32) {
        for (&k, width) in points.iter().zip(widths) {
            self.sums[k] += f64::from(readings) * width;
            self.readings[k] += readings;
        }
        if self.baseline.is_empty() {
            let root = f64::from(readings).sqrt();
            let clip = CLIP * self.known_sd / root;
            self.baseline = circular_running_location(widths, BASELINE_POINTS, clip);
            #[allow(clippy::cast_precision_loss, reason = "a few neighbours")]
            let neighbours = (2 * BASELINE_POINTS.min((widths.len() - 1) / 2) + 1) as f64;
            self.baseline_sds = 1.0 / (root * neighbours.sqrt());
        }
    }

    /// Depths of all points, and the noise of the graph.
    pub(super) fn depths(&self) -> Depths {
        let below = |k: usize| self.depth(k) * f64::from(self.readings[k]).sqrt();
        let mut clear: Vec<f64> = (0..self.marks.len()).map(below).collect();
        let seen_sd = robust_sd(&clear).unwrap_or(0.0);
        let one_sd = seen_sd.max(self.known_sd).max(1e-6);
        for depth in &mut clear {
            *depth /= one_sd;
        }
        Depths { clear, one_sd }
    }

    /// Dips of at least `threshold` standard deviations, clearest last.
    pub(super) fn dips(&self, depths: &Depths, threshold: f64) -> Vec<Dip> {
        let mut peaks = peaks(&depths.clear, threshold);
        peaks.truncate(MOST_DIPS);
        let dip = |&k: &usize| Dip {
            mark: self.marks[k],
            baseline: self.baseline[k],
            baseline_sd: self.baseline_sds * depths.one_sd,
            one_sd: depths.one_sd,
            depth: self.depth(k),
        };
        peaks.iter().rev().map(dip).collect()
    }

    /// The `most` points that may lie deepest, in the order of the dial.
    pub(super) fn deepest(&self, depths: &Depths, most: usize) -> Vec<usize> {
        // One standard deviation deeper than seen.
        let may_be = |k: usize| (depths.clear[k] + 1.0) / f64::from(self.readings[k]).sqrt();
        let mut order: Vec<(usize, f64)> = (0..self.marks.len()).map(|k| (k, may_be(k))).collect();
        if most < order.len() {
            // Of two that are as deep the one before on the dial.
            order.select_nth_unstable_by(most, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            order.truncate(most);
        }
        let mut deepest: Vec<usize> = order.into_iter().map(|p| p.0).collect();
        deepest.sort_unstable();
        deepest
    }

    /// How far point `k` lies below the baseline, marks.
    fn depth(&self, k: usize) -> f64 {
        self.baseline[k] - self.sums[k] / f64::from(self.readings[k])
    }
}

/// Local maxima of `depths` above `threshold`, highest first.
fn peaks(depths: &[f64], threshold: f64) -> Vec<usize> {
    let last = depths.len().saturating_sub(1);
    let is_peak = |k: usize| {
        let before = depths[if k == 0 { last } else { k - 1 }];
        let after = depths[if k == last { 0 } else { k + 1 }];
        depths[k] > threshold && depths[k] >= before && depths[k] > after
    };
    let mut found: Vec<usize> = (0..depths.len()).filter(|&k| is_peak(k)).collect();
    found.sort_by(|&a, &b| depths[b].total_cmp(&depths[a]));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attack::reader;

    /// A graph of 50 points that all read `level`, with a dip of `depth` at point 7.
    fn graph(level: f64, depth: f64) -> Graph {
        let expert = reader::find("expert").expect("shipped");
        let mut graph = Graph::new(expert, 100.0, 2.0);
        let all: Vec<usize> = (0..50).collect();
        let width = |k: &usize| level - if *k == 7 { depth } else { 0.0 };
        let widths: Vec<f64> = all.iter().map(width).collect();
        graph.add(&all, &widths, 1);
        graph
    }

    #[test]
    fn a_dip_is_found_where_it_is_and_how_deep_it_is() {
        let graph = graph(8.0, 0.5);
        let dips = graph.dips(&graph.depths(), 3.0);
        assert_eq!(dips.len(), 1);
        assert!((dips[0].mark - 14.0).abs() < 1e-12);
        // The dip itself pulls the baseline down, by one clipped deviation among 19 neighbours.
        let pull = CLIP * graph.known_sd / 19.0;
        assert!((dips[0].baseline - (8.0 - pull)).abs() < 1e-12);
    }

    #[test]
    fn points_that_were_low_by_chance_do_not_lift_the_baseline() {
        let mut graph = graph(8.0, 0.2);
        let before = graph.baseline.clone();
        let deepest = graph.deepest(&graph.depths(), 25);
        assert!(deepest.contains(&7) && deepest.is_sorted());
        graph.add(&deepest, &[8.0; 25], 1);
        assert_eq!(graph.baseline, before);
        assert_eq!(graph.most_readings(), 2);
        assert!((graph.depth(7) - (before[7] - 7.9)).abs() < 1e-12);
    }

    #[test]
    fn shallow_dips_need_more_readings() {
        let graph = graph(8.0, 0.25);
        let dips = graph.dips(&graph.depths(), 3.0);
        let readings = dips[0].readings_for(4.0);
        let exact = (4.0 * graph.known_sd / dips[0].depth).powi(2);
        assert!((f64::from(readings) - exact.ceil()).abs() < 1e-12);
        assert!(dips[0].readings_for(1e6) <= 48);
    }
}
