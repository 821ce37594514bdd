//! Drag: friction that carries an idle wheel along with its driver.

use super::{DriveTrain, Positions};
use rand::{Rng, RngExt};

/// Friction between neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drag {
    /// Chance that an idle wheel goes along in one move.
    pub p: f64,
    /// How far it goes, marks; never further than its driver.
    pub travel_marks: f64,
}

/// Says whether something of the given chance happens.
pub type Luck<'a> = dyn FnMut(f64) -> bool + 'a;

/// The luck with which nothing is dragged.
#[must_use]
pub fn never(_: f64) -> bool {
    false
}

impl Drag {
    /// No drag.
    pub const NONE: Self = Self {
        p: 0.0,
        travel_marks: 0.0,
    };

    /// Whether there is any.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.p > 0.0 && self.travel_marks > 0.0
    }
}

impl DriveTrain {
    /// As [`Self::turn_to`], with drag by `rng` where there is any; returns how many wheels moved.
    #[inline]
    pub fn turn_by_luck(&self, at: &mut Positions, cam: f64, rng: &mut impl Rng) -> usize {
        if !self.drag.is_any() {
            return self.turn_to(at, cam);
        }
        let before = at.wheels.clone();
        self.turn_dragging(at, cam, &mut |p| rng.random::<f64>() < p);
        let is_moved = |(x, y): &(&f64, &f64)| (**x - **y).abs() > 1e-12;
        at.wheels.iter().zip(&before).filter(is_moved).count()
    }

    /// As [`Self::turn_to`], with drag. Returns by how much each wheel was dragged, signed marks in
    /// dialing order; `luck` is asked once for every wheel whose driver moves.
    pub fn turn_dragging(&self, at: &mut Positions, cam: f64, luck: &mut Luck<'_>) -> Vec<f64> {
        let mut dragged = vec![0.0; self.wheels];
        let (mut before, mut driver) = (at.cam, cam);
        at.cam = cam;
        for i in (0..self.wheels).rev() {
            let way = driver - before;
            if way.abs() < 1e-12 {
                break;
            }
            let play = 0.5 * self.travel_marks(i);
            let x = at.wheels[i];
            if luck(self.drag.p) {
                dragged[i] = way.signum() * self.drag.travel_marks.min(way.abs());
            }
            let moved = (x + dragged[i]).max(driver - play).min(driver + play);
            (before, driver) = (x, moved);
            at.wheels[i] = moved;
        }
        dragged
    }
}
