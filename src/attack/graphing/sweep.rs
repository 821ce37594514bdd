//! The sweep: contact widths of the unknown wheels over the dial, and another look at its dips.

use super::graph::{Dip, Graph, PerDip, readings_for};
use super::{Handle, Manipulator, Settings, Step, Stops, direction_of, empty_list, mark_for};
use crate::math::hypot;
use crate::units::wrap;

/// Readings made when a dip is looked at again, at least.
const RECHECK_REPEATS: u32 = 3;
/// How often the half that lies deepest is read again.
const HALVINGS: u32 = 4;
/// Expected largest of the means of three neighbours among seven normal values, in their standard deviations:
/// the middle of a dip is sought at five places.
const DEEPEST_OF_FIVE: f64 = 0.884;
/// Offsets at which a dip is looked at again to find its middle, in half windows.
const PROBES: [f64; 7] = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0];

/// A dip that was still there when looked at again.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// Its middle, dial mark of the sweep.
    pub(super) mark: f64,
    /// How many standard deviations it stands out.
    pub(super) clear: f64,
    /// How far below the baseline, standard deviations of one reading.
    depth_sds: f64,
}

impl Found {
    /// How many readings have a mean that lies `margin` standard deviations below the baseline.
    pub(super) fn readings_for(&self, margin: f64) -> u32 {
        readings_for(margin, self.depth_sds)
    }
}

/// What stands out of a finished graph, looked at again only as far as it is followed.
pub(super) struct Sweep {
    /// A dip that was looked at again and not yet followed.
    next: Option<Found>,
    /// Dips not yet looked at again, clearest last.
    ahead: PerDip<Dip>,
    /// Middles of the dips that were still there, dial marks.
    seen: PerDip<f64>,
    /// Dips nearer than this are one, marks.
    apart_marks: f64,
}

impl Manipulator<'_> {
    /// Sweeps the unknown wheels, and then the half of the points that lies deepest again and again,
    /// until a dip shows that is still there when looked at again.
    pub(super) fn sweep(&mut self, handle: &mut Handle<'_>) -> Step<Sweep> {
        let step = 2.0 * self.facts.window_half_marks * self.pass.step_windows;
        let mut graph = std::mem::take(&mut handle.room.graph);
        // Where the last wheel is put aside over some of the dial, these places come together.
        let from = self.facts.behind_hidden_marks();
        graph.begin(handle.reader(), (from, self.facts.marks), step);
        let end = self.sweep_into(&mut graph, handle);
        handle.room.graph = graph;
        end
    }

    fn sweep_into(&mut self, graph: &mut Graph, handle: &mut Handle<'_>) -> Step<Sweep> {
        let mut suspects: Vec<usize> = (0..graph.marks().len()).collect();
        let (mut marks, mut halvings) = (Vec::with_capacity(suspects.len()), 0);
        loop {
            // As many readings again as there are.
            let more = graph.most_readings().max(self.pass.readings);
            marks.clear();
            marks.extend(suspects.iter().map(|&k| graph.marks()[k]));
            let settings = self.sweep_settings(handle, &marks);
            self.read(handle, settings, more)?;
            graph.add(&suspects, &self.widths, more);
            let mut sweep = Sweep {
                next: None,
                ahead: graph.dips(self.pass.threshold),
                seen: PerDip::new(),
                apart_marks: 2.0 * graph.step(),
            };
            sweep.next = self.next_dip(handle, &mut sweep)?;
            if sweep.next.is_some() || halvings == HALVINGS {
                return Ok(sweep);
            }
            suspects = graph.deepest(suspects.len().div_ceil(2));
            halvings += 1;
        }
    }

    /// The next clearest dip of a sweep that is still there when looked at again.
    pub(super) fn next_dip(
        &mut self,
        handle: &mut Handle<'_>,
        sweep: &mut Sweep,
    ) -> Step<Option<Found>> {
        if let Some(found) = sweep.next.take() {
            return Ok(Some(found));
        }
        while let Some(dip) = sweep.ahead.pop() {
            let Some(found) = self.look_again(handle, dip)? else {
                continue;
            };
            let is_seen = |&m: &f64| self.is_near(m, found.mark, sweep.apart_marks);
            if !sweep.seen.iter().any(is_seen) {
                sweep.seen.push(found.mark);
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The settings of a sweep at dial marks `marks`: parked wheels on their gates, unknown ones on the mark;
    /// neighbours that stand on the same mark share a stop.
    ///
    /// In the contact area the last wheel, if unknown, is kept aside: reading would carry it along. It stays
    /// in one place: going with the mark it would show its own gate at a wrong one.
    fn sweep_settings(&self, handle: &mut Handle<'_>, marks: &[f64]) -> Settings {
        let mut settings = empty_list(handle);
        let last = self.facts.wheels - 1;
        let may_be_aside = last > 0 && self.parked[last].is_none();
        let mut left = marks;
        while let Some(&mark) = left.first() {
            let (is_aside, count) = if may_be_aside {
                (self.facts.is_hidden(mark), self.facts.hidden_alike(left))
            } else {
                (false, left.len())
            };
            let (together, later) = left.split_at(count);
            let (stops, swept) = self.sweep_stops(is_aside);
            settings.push_each(&stops, |k| swept >> k & 1 == 1, together);
            left = later;
        }
        settings
    }

    /// The stops of a sweep, with the last wheel aside or not, and which of them go over the dial, a bit each.
    fn sweep_stops(&self, is_aside: bool) -> (Stops, u32) {
        let (start, n) = (self.start(), self.facts.marks);
        let last = self.facts.wheels - 1;
        let (mut stops, mut swept) = (Stops::NONE, 0);
        for i in 0..self.facts.wheels {
            let k = stops.len();
            let mark = match self.parked[i] {
                Some(number) => mark_for(&self.facts, i, number, direction_of(start, k)),
                None if i == last && is_aside => {
                    wrap(self.facts.model.contact_centre_marks + 0.5 * n, n)
                }
                None if i > 0 && self.parked[i - 1].is_none() => continue,
                None => {
                    swept |= 1 << k;
                    0.0
                }
            };
            stops.push(i, mark);
        }
        (stops, swept)
    }

    /// Reads around a dip again; its middle, or `None` if it is gone.
    fn look_again(&mut self, handle: &mut Handle<'_>, dip: Dip) -> Step<Option<Found>> {
        let threshold = self.pass.threshold;
        let half = self.facts.window_half_marks;
        let repeats = dip
            .readings_for(threshold + 1.0)
            .div_ceil(3)
            .max(RECHECK_REPEATS);
        let n = self.facts.marks;
        let probes = PROBES.map(|probe| wrap(dip.mark + probe * half, n));
        let probes = self.sweep_settings(handle, &probes);
        self.read(handle, probes, repeats)?;
        let mut depths = [0.0; PROBES.len()];
        for (depth, width) in depths.iter_mut().zip(&self.widths) {
            *depth = dip.baseline - width;
        }
        let sd = dip.one_sd / f64::from(3 * repeats).sqrt();
        // The gate shows wider than its window: take the three neighbouring probes that lie deepest.
        let mean = |k: usize| (depths[k - 1] + depths[k] + depths[k + 1]) / 3.0;
        let best = (1..PROBES.len() - 1)
            .max_by(|&a, &b| mean(a).total_cmp(&mean(b)))
            .unwrap_or(3);
        let clear = (mean(best) - DEEPEST_OF_FIVE * sd) / hypot(sd, dip.baseline_sd);
        if clear < threshold {
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
        let middle = dip.mark + moment / weight.max(1e-12) * half;
        let mark = wrap(middle, self.facts.marks);
        Ok(Some(Found {
            mark,
            clear,
            depth_sds: mean(best) / dip.one_sd,
        }))
    }
}
