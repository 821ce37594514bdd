//! Dial programs in the trade's notation: `L4 22 R3 67 L2 38 R`.

use std::fmt;

/// A way to turn the dial.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Counter-clockwise: the numbers at the index count up.
    Left,
    /// Clockwise: the numbers count down.
    Right,
}

impl Direction {
    /// `+1` for left, `-1` for right.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::Left => 1.0,
            Self::Right => -1.0,
        }
    }

    /// The other way.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

/// One move: turn in a direction until a mark has been passed a number of times, stopping on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    /// Which way.
    pub direction: Direction,
    /// How often the mark comes by, the stop included, ≥ 1.
    pub passes: u32,
    /// The mark, in `[0, N)`.
    pub mark: f64,
}

/// A sequence of moves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Program {
    /// In the order of dialing.
    pub moves: Vec<Move>,
    /// The opening turn: on to where the lever falls in, and the bolt is drawn.
    pub opening: Option<Direction>,
}

/// Why a text is no dial program, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {}: {why}", at + 1)]
pub struct ProgramFault {
    /// Character position, from 0.
    pub at: usize,
    /// What was expected there.
    pub why: String,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Left => "L",
            Self::Right => "R",
        })
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, m) in self.moves.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            write!(f, "{gap}{}{} {}", m.direction, m.passes, m.mark)?;
        }
        match self.opening {
            Some(opening) if self.moves.is_empty() => write!(f, "{opening}"),
            Some(opening) => write!(f, " {opening}"),
            None => Ok(()),
        }
    }
}
