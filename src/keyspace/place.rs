//! Where the wheels can be set: on whole marks, or on mechanically distinct windows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mark::{MICRO, Mark};

/// How the number of distinct windows follows from the half-window `t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    /// n = ceil(N / 2t), windows stand 2t marks apart.
    #[default]
    Continuous,
    /// n = floor(N / (2⌊t⌋ + 1)), windows stand 2⌊t⌋ + 1 marks apart.
    WholeMarks,
}

impl Convention {
    /// Distance between neighbouring windows of half-width `half`, in marks.
    #[must_use]
    pub fn pitch(self, half: Mark) -> Mark {
        Mark::from_micro(match self {
            Self::Continuous => 2 * half.micro(),
            Self::WholeMarks => (2 * (half.micro() / MICRO) + 1) * MICRO,
        })
    }

    /// The positions of one wheel with `marks` graduations and half-window `half`.
    ///
    /// `half` must give a pitch above zero and not above the dial.
    #[must_use]
    pub fn ring(self, marks: u32, half: Mark) -> Ring {
        let (dial, pitch) = (Mark::whole(marks).micro(), self.pitch(half).micro());
        let n = match self {
            Self::Continuous => div_up(dial, pitch),
            Self::WholeMarks => dial / pitch,
        };
        Ring {
            n: u32::try_from(n).expect("the pitch was checked against the dial"),
            pitch: Mark::from_micro(pitch),
        }
    }

    /// Tries along one wheel that leave no mark uncovered: ceil(N / pitch).
    #[must_use]
    pub fn cover(self, marks: u32, half: Mark) -> u64 {
        let (dial, pitch) = (Mark::whole(marks).micro(), self.pitch(half).micro());
        u64::try_from(div_up(dial, pitch)).expect("both are positive")
    }
}

/// `a / by`, rounded up; both are positive.
fn div_up(a: i64, by: i64) -> i64 {
    (a + by - 1) / by
}

/// The positions of one wheel: `n` of them, `pitch` marks apart, position `i` at `i * pitch`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ring {
    /// Number of positions.
    pub n: u32,
    /// Marks between neighbours.
    pub pitch: Mark,
}

/// One wheel standing at one of its positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Wheel, from 0, in dialing order.
    pub wheel: usize,
    /// Position, from 0.
    pub position: u32,
}

/// The positions of all wheels of a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    marks: u32,
    rings: Vec<Ring>,
    alike: bool,
}

impl Places {
    /// Wheels with the given rings on a dial of `marks` graduations.
    #[must_use]
    pub fn new(marks: u32, rings: Vec<Ring>) -> Self {
        let alike = rings.windows(2).all(|pair| pair[0] == pair[1]);
        Self {
            marks,
            rings,
            alike,
        }
    }

    /// Every wheel can stand on every mark.
    #[must_use]
    pub fn whole_marks(marks: u32, wheels: usize) -> Self {
        let ring = Ring {
            n: marks,
            pitch: Mark::whole(1),
        };
        Self::new(marks, vec![ring; wheels])
    }

    /// Number of wheels.
    #[must_use]
    pub fn wheels(&self) -> usize {
        self.rings.len()
    }

    /// Graduations of the dial.
    #[must_use]
    pub fn marks(&self) -> u32 {
        self.marks
    }

    /// The rings, in dialing order.
    #[must_use]
    pub fn rings(&self) -> &[Ring] {
        &self.rings
    }

    /// Number of positions of `wheel`.
    #[must_use]
    pub fn n(&self, wheel: usize) -> u32 {
        self.rings[wheel].n
    }

    /// Whether all wheels have the same positions.
    #[must_use]
    pub fn are_alike(&self) -> bool {
        self.alike
    }

    /// Where `position` of `wheel` stands, in millionths of a mark from zero.
    #[inline]
    #[must_use]
    pub fn micro(&self, spot: Spot) -> i64 {
        i64::from(spot.position) * self.rings[spot.wheel].pitch.micro()
    }

    /// Where a setting stands, in marks per wheel.
    #[must_use]
    pub fn to_marks(&self, positions: &[u32]) -> Vec<f64> {
        let spot = |(wheel, &position)| Mark::from_micro(self.micro(Spot { wheel, position }));
        positions
            .iter()
            .enumerate()
            .map(|w| spot(w).marks())
            .collect()
    }

    /// Distance between two spots, in millionths of a mark.
    ///
    /// Circular between equal rings: min(k, n − k) pitches, which on windows is what a rule sees
    /// even where n pitches are a little more than the dial. Between wheels whose windows differ
    /// the circle is the dial itself.
    #[inline]
    #[must_use]
    pub fn distance(&self, a: Spot, b: Spot, circular: bool) -> i64 {
        let plain = (self.micro(a) - self.micro(b)).abs();
        if !circular {
            return plain;
        }
        let ring = self.rings[a.wheel];
        let around = if self.alike || ring == self.rings[b.wheel] {
            i64::from(ring.n) * ring.pitch.micro()
        } else {
            i64::from(self.marks) * MICRO
        };
        plain.min(around - plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_conventions_give_their_own_number_of_windows() {
        let half = |t: f64| Mark::new(t).unwrap();
        assert_eq!(Convention::Continuous.ring(100, half(0.75)).n, 67);
        assert_eq!(Convention::Continuous.ring(100, half(1.25)).n, 40);
        assert_eq!(Convention::WholeMarks.ring(100, half(2.0)).n, 20);
        assert_eq!(Convention::WholeMarks.ring(100, half(1.25)).n, 33);
        assert_eq!(Convention::WholeMarks.cover(100, half(1.25)), 34);
    }
}
