//! Trying: the last unknown wheel through all its windows, and at the very end every code.

use super::{Doing, Handle, Manipulator, Settings, Step, direction_of};
use crate::mechanism::dial_lock::MOST_WHEELS;
use crate::units::wrap_near;

impl Manipulator<'_> {
    /// Tries every window of the one wheel that is not parked, once for each set of parked wheels.
    pub(super) fn try_last_wheel(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        let Some(&wheel) = self.unknown().first() else {
            return Ok(());
        };
        #[allow(clippy::cast_possible_truncation, reason = "dial marks")]
        let key = |n: f64| crate::math::round(n) as i64;
        let parked = self.parked.iter().enumerate();
        let set: Vec<(usize, i64)> = parked.filter_map(|(i, p)| p.map(|n| (i, key(n)))).collect();
        if !self.spent.insert(set) {
            return Ok(());
        }
        handle.think(|| format!("tries every window of wheel {}", wheel + 1));
        let numbers: Vec<f64> = self.parked.iter().map(|p| p.unwrap_or(0.0)).collect();
        self.try_windows(handle, &numbers, wheel)
    }

    /// Tries `numbers` with `wheel` through all its windows, in the order in which it can be moved
    /// on without dialing the others again.
    fn try_windows(&mut self, handle: &mut Handle<'_>, numbers: &[f64], wheel: usize) -> Step<()> {
        let n = self.facts.marks;
        let step = 2.0 * self.facts.window_half_marks;
        let (start, mut stops) = (self.start(), self.stops_for(numbers));
        let mut code = [0_u32; MOST_WHEELS];
        for (mark, number) in code.iter_mut().zip(numbers) {
            *mark = whole(*number, n);
        }
        let direction = direction_of(start, wheel);
        // The wheel moves on from where the one before it was left, in the direction of its stop.
        let before = if wheel == 0 {
            0.0
        } else {
            stops[wheel - 1].mark
        };
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred windows"
        )]
        let windows = (n / step).ceil() as usize;
        let mut settings = Settings::with_room(windows, self.facts.wheels);
        for k in 0..windows {
            #[allow(clippy::cast_precision_loss, reason = "a few hundred windows")]
            let way = (k as f64 + 0.5) * n / windows as f64;
            let mark = wrap_near(before + direction.sign() * way, n);
            let number = super::setting::number_at(&self.facts, wheel, mark, direction);
            code[wheel] = whole(number, n);
            if !(self.facts.is_allowed)(&code[..self.facts.wheels]) {
                continue;
            }
            stops[wheel].mark = mark;
            settings.push(&stops);
        }
        self.dialer
            .go_over(handle, start, &settings, Doing::Try, &mut Vec::new())
    }

    /// Every code in windows of the dialing tolerance, last wheel fastest.
    pub(super) fn try_everything(&mut self, handle: &mut Handle<'_>) -> Step<()> {
        self.pass = super::PASSES[0];
        let (last, n) = (self.facts.wheels - 1, self.facts.marks);
        let step = 2.0 * self.facts.window_half_marks;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few hundred windows"
        )]
        let windows = (n / step).ceil() as usize;
        let mut place = vec![0_usize; last];
        loop {
            #[allow(clippy::cast_precision_loss, reason = "a few hundred windows")]
            let mut numbers: Vec<f64> = place
                .iter()
                .map(|&k| k as f64 * n / windows as f64)
                .collect();
            numbers.push(0.0);
            self.try_windows(handle, &numbers, last)?;
            let Some(i) = (0..last).rev().find(|&i| place[i] + 1 < windows) else {
                return Ok(());
            };
            place[i] += 1;
            place[i + 1..].fill(0);
        }
    }
}

/// The whole mark nearest to `number`, which is in [0, N); halves go up.
fn whole(number: f64, marks: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "dial marks"
    )]
    let mark = (number + 0.5) as u32;
    if f64::from(mark) < marks { mark } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_between_marks_belong_to_one_mark_each() {
        let marks: Vec<u32> = (0..50).map(|k| whole(f64::from(k) + 0.5, 50.0)).collect();
        let expected: Vec<u32> = (1..50).chain([0]).collect();
        assert_eq!(marks, expected);
        assert_eq!(whole(17.4, 50.0), 17);
    }
}
