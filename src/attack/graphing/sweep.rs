//! The sweep: contact widths of the unknown wheels over the dial, and the dips in them.

use super::{Handle, Manipulator, Settings, Step, Stop, direction_of, mark_for};
use crate::stats::robust::{circular_running_median, robust_sd};
use crate::units::wrap;

/// Readings made when a dip is looked at again.
const RECHECK_REPEATS: u32 = 3;
/// Most places of one graph that are looked at again.
const MOST_PEAKS: usize = 8;
/// Half-width of the running baseline, points.
const BASELINE_POINTS: usize = 9;
/// Offsets at which a dip is looked at again to find its middle, in half windows.
const PROBES: [f64; 7] = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0];

impl Manipulator<'_> {
    /// Sweeps the unknown wheels and returns the middles of the dips (dial marks of the sweep),
    /// deepest first.
    pub(super) fn sweep(&mut self, handle: &mut Handle<'_>) -> Step<Vec<f64>> {
        let step = 2.0 * self.facts.window_half_marks * self.pass.step_windows;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred points"
        )]
        let points = (self.facts.marks / step).ceil() as usize;
        #[allow(clippy::cast_precision_loss, reason = "a few hundred points")]
        let at = |k: usize| self.facts.marks * k as f64 / points as f64;
        let marks: Vec<f64> = (0..points).map(at).collect();
        let mut graph = Graph {
            sums: vec![0.0; points],
            readings: 0,
        };
        let points = self.sweep_settings(marks.iter().copied());
        // As many readings again as there are, until a dip shows or patience ends.
        while graph.readings < self.pass.patience {
            let more = graph.readings.max(1);
            let widths = self.read(handle, &points, more)?;
            for (sum, width) in graph.sums.iter_mut().zip(widths) {
                *sum += f64::from(more) * width;
            }
            graph.readings += more;
            let dips = self.dips(handle, &marks, &graph)?;
            if !dips.is_empty() {
                return Ok(dips);
            }
        }
        Ok(Vec::new())
    }

    /// The dips of a graph that are still there when looked at again, deepest first.
    fn dips(&mut self, handle: &mut Handle<'_>, marks: &[f64], graph: &Graph) -> Step<Vec<f64>> {
        let widths = graph.means();
        let residual = below_baseline(&widths);
        let noise = graph.noise(handle, &residual);
        let step = self.facts.marks / f64::from(u32::try_from(marks.len()).unwrap_or(u32::MAX));
        let mut dips: Vec<(f64, f64)> = Vec::new();
        for k in peaks(&residual, self.pass.threshold * noise)
            .into_iter()
            .take(MOST_PEAKS)
        {
            let one_sd = noise * f64::from(graph.readings).sqrt();
            let repeats = graph.readings.max(RECHECK_REPEATS);
            let dip = Dip {
                mark: marks[k],
                baseline: widths[k] + residual[k],
                one_sd,
            };
            if let Some(found) = self.look_again(handle, dip, repeats)?
                && !dips
                    .iter()
                    .any(|&(m, _)| self.is_near(m, found.0, 2.0 * step))
            {
                dips.push(found);
            }
        }
        dips.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(dips.into_iter().map(|d| d.0).collect())
    }

    /// The settings of a sweep at dial marks `marks`.
    fn sweep_settings(&self, marks: impl ExactSizeIterator<Item = f64>) -> Settings {
        let wheels = self.facts.wheels;
        let mut settings = Settings::with_room(marks.len(), wheels);
        let mut stops = Vec::with_capacity(wheels);
        for mark in marks {
            self.sweep_stops(mark, &mut stops);
            settings.push(&stops);
        }
        settings
    }

    /// Makes `stops` those of a sweep at dial mark `mark`: parked wheels on their gates, unknown ones on the
    /// mark; neighbours that stand on the same mark share a stop.
    ///
    /// In the contact area the last wheel, if unknown, is kept aside: reading would carry it along.
    fn sweep_stops(&self, mark: f64, stops: &mut Vec<Stop>) {
        let start = self.start();
        let last = self.facts.wheels - 1;
        stops.clear();
        for i in 0..self.facts.wheels {
            let k = stops.len();
            match self.parked[i] {
                Some(number) => {
                    let m = mark_for(&self.facts, i, number, direction_of(start, k));
                    stops.push(Stop { first: i, mark: m });
                }
                None if i == last && i > 0 && self.facts.is_hidden(mark) => {
                    let aside = wrap(mark + 0.3 * self.facts.marks, self.facts.marks);
                    stops.push(Stop {
                        first: i,
                        mark: aside,
                    });
                }
                None if i > 0 && self.parked[i - 1].is_none() => {}
                None => stops.push(Stop { first: i, mark }),
            }
        }
    }

    /// Reads around a dip again; its middle and mean depth, or `None` if it is gone.
    fn look_again(
        &mut self,
        handle: &mut Handle<'_>,
        dip: Dip,
        repeats: u32,
    ) -> Step<Option<(f64, f64)>> {
        let half = self.facts.window_half_marks;
        let probes = self.sweep_settings(
            PROBES
                .iter()
                .map(|probe| wrap(dip.mark + probe * half, self.facts.marks)),
        );
        let widths = self.read(handle, &probes, repeats)?;
        let depths: Vec<f64> = widths.iter().map(|width| dip.baseline - width).collect();
        let sd = dip.one_sd / f64::from(3 * repeats).sqrt();
        // The gate shows wider than its window: take the three neighbouring probes that lie deepest.
        let mean = |k: usize| (depths[k - 1] + depths[k] + depths[k + 1]) / 3.0;
        let best = (1..PROBES.len() - 1)
            .max_by(|&a, &b| mean(a).total_cmp(&mean(b)))
            .unwrap_or(3);
        if mean(best) < self.pass.threshold * sd {
            return Ok(None);
        }
        let floor = 0.25 * mean(best);
        let (mut weight, mut moment) = (0.0, 0.0);
        for (depth, probe) in depths.iter().zip(PROBES) {
            if (probe - PROBES[best]).abs() < 2.5 {
                weight += (depth - floor).max(0.0);
                moment += (depth - floor).max(0.0) * probe;
            }
        }
        let middle = dip.mark + moment / weight.max(1e-12) * self.facts.window_half_marks;
        Ok(Some((wrap(middle, self.facts.marks), mean(best))))
    }
}

/// Widths over the dial, summed over repeats.
struct Graph {
    sums: Vec<f64>,
    readings: u32,
}

impl Graph {
    fn means(&self) -> Vec<f64> {
        self.sums
            .iter()
            .map(|s| s / f64::from(self.readings))
            .collect()
    }

    /// Noise of one mean: from the graph itself, but not below what the reader's step allows.
    fn noise(&self, handle: &Handle<'_>, residual: &[f64]) -> f64 {
        let floor = handle.reader().resolution_marks / (6.0 * f64::from(self.readings)).sqrt();
        robust_sd(residual).unwrap_or(0.0).max(floor).max(1e-6)
    }
}

/// A dip as first seen: where, against which baseline, and the noise of one reading.
#[derive(Clone, Copy)]
struct Dip {
    mark: f64,
    baseline: f64,
    one_sd: f64,
}

/// How far each width lies below the running median of its neighbours on the circle.
fn below_baseline(widths: &[f64]) -> Vec<f64> {
    let baseline = circular_running_median(widths, BASELINE_POINTS);
    baseline.iter().zip(widths).map(|(b, w)| b - w).collect()
}

/// Local maxima of `residual` above `threshold`, highest first.
fn peaks(residual: &[f64], threshold: f64) -> Vec<usize> {
    let n = residual.len();
    let mut found: Vec<usize> = (0..n)
        .filter(|&k| {
            let (before, after) = (residual[(k + n - 1) % n], residual[(k + 1) % n]);
            residual[k] > threshold && residual[k] >= before && residual[k] > after
        })
        .collect();
    found.sort_by(|&a, &b| residual[b].total_cmp(&residual[a]));
    found
}
