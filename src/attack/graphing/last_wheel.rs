//! Trying: the last unknown wheel through all its windows, and the last two.

use super::{Doing, Handle, Manipulator, Pass, Step, direction_of, empty_list, mark_for};
use crate::mechanism::dial_lock::PerWheel;
use crate::mechanism::drive_train::Direction;
use crate::units::{nearest_mark, wrap_near};

/// The marks that each wheel of a setting stands for.
type Marks = Vec<Vec<u32>>;

impl Manipulator<'_> {
    /// Tries every window of the one wheel that is not parked, once in a pass for each set of parked wheels.
    pub(super) fn try_last_wheel(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        let Some(&wheel) = self.unknown().first() else {
            return Ok(());
        };
        #[allow(clippy::cast_possible_truncation, reason = "dial marks")]
        let key = |n: f64| crate::math::round(n) as i64;
        let parked = self.parked.iter().enumerate();
        let set = parked.filter_map(|(i, p)| p.map(|n| (i, key(n))));
        if !self.spent.insert(set.collect()) {
            return Ok(());
        }
        handle.think(|| format!("tries every window of wheel {}", wheel + 1));
        let numbers: PerWheel<f64> = self.parked.iter().map(|p| p.unwrap_or(0.0)).collect();
        let marks = self.nearest(&numbers);
        if !self.try_windows(handle, wheel, (&numbers, &marks))? {
            handle.think(|| "no allowed code is among them: nothing is tried".to_owned());
        }
        Ok(())
    }

    /// Tries `numbers` with `wheel` through all its windows, in the order in which it can be moved
    /// on without dialing the others again. The other wheels stand for the marks in `marks`; a window
    /// is left out where none of its marks makes an allowed code of them. Says whether any was not.
    fn try_windows(
        &mut self,
        handle: &mut Handle<'_>,
        wheel: usize,
        (numbers, marks): (&[f64], &Marks),
    ) -> Step<bool> {
        let is_allowed = (self.facts.allowed).which(wheel, self.windows.groups(), marks);
        if !is_allowed.contains(&true) {
            return Ok(false);
        }
        let (n, mut settings) = (self.facts.marks, empty_list(handle));
        let (start, stops) = (self.start(), self.stops_for(|i| numbers[i]));
        let direction = direction_of(start, wheel);
        // The wheel moves on from where the one before it was left, in the direction of its stop.
        let before = wheel.checked_sub(1).map_or(0.0, |i| stops[i].mark);
        let shift = mark_for(&self.facts, wheel, 0.0, direction);
        let stop = |middle: f64| wrap_near(middle + shift, n);
        let middles = self.windows.middles();
        let (mut first, mut least) = (0, f64::INFINITY);
        for (k, middle) in middles.iter().enumerate() {
            let way = wrap_near(direction.sign() * (stop(*middle) - before), n);
            (first, least) = if way < least {
                (k, way)
            } else {
                (first, least)
            };
        }
        let mut dial_marks = Vec::with_capacity(middles.len());
        let allowed = |k: usize| is_allowed[k].then(|| stop(middles[k]));
        match direction {
            Direction::Left => {
                let order = (first..middles.len()).chain(0..first);
                dial_marks.extend(order.filter_map(allowed));
            }
            Direction::Right => {
                let order = (0..=first).rev().chain((first + 1..middles.len()).rev());
                dial_marks.extend(order.filter_map(allowed));
            }
        }
        settings.push_each(&stops, |k| k == wheel, &dial_marks);
        self.go_over(handle, settings, Doing::Try, &mut Vec::new())?;
        Ok(true)
    }

    /// The marks nearest to `numbers`.
    fn nearest(&self, numbers: &[f64]) -> Marks {
        let one = |number: &f64| vec![nearest_mark(*number, self.facts.marks)];
        numbers.iter().map(one).collect()
    }

    /// Tries the two wheels that the clearest dips left unknown through all their windows.
    pub(super) fn try_rest(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        let Some(lead) = self.rests.follow() else {
            return Ok(());
        };
        handle
            .think(|| "trusts the clearest dips and tries the other two wheels through".to_owned());
        self.try_through(handle, &lead.parked)
    }

    /// Every code with `parked` wheels on their numbers, in windows of the dialing tolerance, last wheel
    /// fastest.
    fn try_through(&mut self, handle: &mut Handle<'_>, parked: &[Option<f64>]) -> Step<()> {
        self.pass = Pass::number(0);
        let unknown: Vec<usize> = (0..parked.len()).filter(|&i| parked[i].is_none()).collect();
        let Some((&last, outer)) = unknown.split_last() else {
            return Ok(());
        };
        let mut place = vec![0_usize; outer.len()];
        let mut numbers: Vec<f64> = parked.iter().map(|p| p.unwrap_or(0.0)).collect();
        let mut marks = self.nearest(&numbers);
        loop {
            for (&wheel, &k) in outer.iter().zip(&place) {
                numbers[wheel] = self.windows.middle(k);
                marks[wheel].clear();
                marks[wheel].extend_from_slice(self.windows.marks(k));
            }
            self.try_windows(handle, last, (&numbers, &marks))?;
            let Some(i) = (0..place.len())
                .rev()
                .find(|&i| place[i] + 1 < self.windows.len())
            else {
                return Ok(());
            };
            place[i] += 1;
            place[i + 1..].fill(0);
        }
    }
}
