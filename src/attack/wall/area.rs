//! The contact area as the dial meets it.
//!
//! **What.** To which mark the dial is turned back where something is done at a setting, and where it comes to rest.
//!
//! **Model.** A try ends where the lever can fall. A reading turns back to the contact point that comes first and on
//! to the other one.
//!
//! **Assumptions.** The dial rests where nominal parts have their contact points.
//!
//! **Reference.** `physics.md` 1.5.
//!
//! **Checked by.** `tests/it/laws/tour.rs`.

use crate::attack::tour::Doing;
use crate::mechanism::drive_train::Direction;
use crate::units::wrap;

/// Places of the contact area, in [0, N) marks of the dial.
#[derive(Clone, Copy)]
pub(super) struct Area {
    left: f64,
    right: f64,
    centre: f64,
    /// The way from one contact point on to the other that turns right or left, marks.
    on_to_left: f64,
    on_to_right: f64,
}

impl Area {
    /// Of a dial of `n` marks with its contact points at marks `left` and `right`.
    pub(super) fn new((left, right): (f64, f64), centre: f64, n: f64) -> Self {
        let way = |from: f64, to: f64, direction: Direction| {
            let way = wrap(direction.sign() * (to - from), n);
            if way < 1e-9 { way + n } else { way }
        };
        Self {
            left,
            right,
            centre: wrap(centre, n),
            on_to_left: way(right, left, Direction::Right),
            on_to_right: way(left, right, Direction::Left),
        }
    }

    /// The mark at which the dial comes to rest when `doing` is done at a setting whose last stop turned in
    /// `direction`.
    pub(super) fn rest(&self, doing: Doing, direction: Direction) -> f64 {
        match (doing, direction) {
            (Doing::Try, _) => self.centre,
            (Doing::Read(_), Direction::Left) => self.right,
            (Doing::Read(_), Direction::Right) => self.left,
        }
    }

    /// The mark to which the dial is turned back there, and the way on to where it comes to rest.
    pub(super) fn back_and_on(&self, doing: Doing, direction: Direction) -> (f64, f64) {
        match (doing, direction) {
            (Doing::Try, _) => (self.centre, 0.0),
            (Doing::Read(_), Direction::Left) => (self.left, self.on_to_right),
            (Doing::Read(_), Direction::Right) => (self.right, self.on_to_left),
        }
    }
}
