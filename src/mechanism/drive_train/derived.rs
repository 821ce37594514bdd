//! What follows from the couplings alone: turns, pick-ups, numbers that cannot follow one another.

use super::DriveTrain;
use crate::units::wrap;

impl DriveTrain {
    /// Dial travel after a change of direction at which each wheel is picked up at the latest,
    /// marks, in dialing order (the last wheel first to move): the free travel of the
    /// couplings between.
    #[must_use]
    pub fn pick_up_travel_marks(&self) -> Vec<f64> {
        (0..self.wheels).map(|i| self.reach_marks(i)).collect()
    }

    /// The first whole mark of travel that moves each wheel, in dialing order.
    #[must_use]
    pub fn first_moving_mark(&self) -> Vec<u32> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 8 turns"
        )]
        let whole = |travel: f64| (travel + 1e-9).floor() as u32 + 1;
        (0..self.wheels)
            .map(|i| whole(self.reach_marks(i)))
            .collect()
    }

    /// How often each number must come by, the stop included, so that its wheel is carried from
    /// wherever it stood.
    #[must_use]
    pub fn turns_needed(&self) -> Vec<u32> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 8 turns"
        )]
        let whole = |turns: f64| (turns - 1e-9).ceil() as u32 + 1;
        (0..self.wheels)
            .map(|i| whole(self.reach_marks(i) / f64::from(self.marks)))
            .collect()
    }

    /// [`Self::most_way_marks`] of every wheel: entry `i` bounds the way from number `i` to the next
    /// one, in `(0, N]` and in the direction in which the next one is dialed. The last entry bounds
    /// the opening turn, drop-in and retraction together.
    #[must_use]
    pub fn way_limits_marks(&self) -> Vec<f64> {
        (0..self.wheels).map(|i| self.most_way_marks(i)).collect()
    }

    /// The way from number `wheel` (0-based) of `code` to the next one as the standard program makes
    /// it, whole turns left out: in `(0, N]` marks.
    #[must_use]
    pub fn way_marks(&self, code: &[f64], wheel: usize) -> f64 {
        let n = f64::from(self.marks);
        let sign = self.direction(wheel + 1).sign();
        let way = wrap(sign * (code[wheel + 1] - code[wheel]), n);
        if way < 1e-9 { n } else { way }
    }

    /// The first wheel (0-based) of `code` that the standard program carries along while it sets the
    /// next one, and by how many marks; `None` for a code that can be set.
    #[must_use]
    pub fn carried_along(&self, code: &[f64]) -> Option<(usize, f64)> {
        (0..self.wheels.saturating_sub(1))
            .map(|i| (i, self.way_marks(code, i) - self.most_way_marks(i)))
            .find(|(_, excess)| *excess > 1e-9)
    }

    /// The numbers that put the wheels at `code` when every direction of the standard program is
    /// reversed.
    #[must_use]
    pub fn reversed_code(&self, code: &[f64]) -> Vec<f64> {
        let n = f64::from(self.marks);
        let number = |(i, c): (usize, &f64)| wrap(c - self.reversal_shift_marks(i), n);
        code.iter().enumerate().map(number).collect()
    }

    /// The same train dialed the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            first: self.first.reversed(),
            ..self.clone()
        }
    }
}
