//! The gates of one wheel: closed windows on a circle, exactly, merged where they meet.
//!
//! *What*: the connected stretches of settings at which a wheel with several gates passes.
//! *Model*: the gate of number c passes from c − low to c + high, ends included; stretches that
//! share a point are one gate. *Assumptions*: low and high are known to a millionth of a mark.
//! *Reference*: S&G 6730 manual (a lock set at 22 opens at 21½ and 22½). *Checked by*:
//! `openings_equal_brute_force…`, `val_sg_6730_opens_at_the_edge_of_its_window`, exact.

use serde::{Deserialize, Serialize};

use super::mark::{MICRO, Mark};

/// How far from its number a gate still passes: settings from `number - low` to `number + high`,
/// both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateWindow {
    /// Marks below the number.
    pub low: Mark,
    /// Marks above the number.
    pub high: Mark,
}

impl GateWindow {
    /// A window of ±`half`.
    #[must_use]
    pub fn symmetric(half: Mark) -> Self {
        Self {
            low: half,
            high: half,
        }
    }

    /// Width in marks.
    #[must_use]
    pub fn width(self) -> Mark {
        Mark::from_micro(self.low.micro() + self.high.micro())
    }

    /// Whether a wheel whose gate belongs to `number` passes at `setting`, on a dial of `marks`.
    #[must_use]
    pub fn passes(self, marks: u32, number: u32, setting: Mark) -> bool {
        let from = Mark::whole(number).micro() - self.low.micro();
        let around = Mark::whole(marks).micro();
        (setting.micro() - from).rem_euclid(around) <= self.width().micro()
    }
}

/// A connected stretch of one wheel's settings at which it passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gate {
    /// The numbers whose windows make it up: of each code in the order given, no number twice.
    pub numbers: Vec<u32>,
    /// Its width in marks.
    pub width_marks: Mark,
}

/// The gates of one wheel for several codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WheelGates {
    /// Distinct gates, by their first number in order of the codes.
    pub(crate) gates: Vec<Gate>,
    /// Which gate each code uses.
    pub(crate) gate_of: Vec<usize>,
    /// For every elementary piece of the open settings, the set of codes whose window covers it.
    pub(crate) covers: Vec<u128>,
    circle: Circle,
}

impl WheelGates {
    /// The gates for `numbers`, one per code (at most 128), on a dial of `marks`.
    ///
    /// The window must be narrower than the dial.
    pub(crate) fn new(marks: u32, window: GateWindow, numbers: &[u32]) -> Self {
        let circle = Circle {
            around: Mark::whole(marks).micro(),
            starts: numbers
                .iter()
                .map(|&n| Mark::whole(n).micro() - window.low.micro())
                .collect(),
            width: window.width().micro(),
        };
        let pieces = circle.pieces();
        let (gate_at, lengths) = runs(&pieces);
        let mut gates: Vec<(usize, Gate)> = Vec::new();
        let mut gate_of = Vec::with_capacity(numbers.len());
        for (code, &number) in numbers.iter().enumerate() {
            let piece = pieces.iter().position(|p| p.codes & (1 << code) != 0);
            let run = gate_at[piece.expect("a window covers at least its own end")];
            let known = gates.iter().position(|(r, _)| *r == run);
            let gate = known.unwrap_or_else(|| {
                let gate = Gate {
                    numbers: Vec::new(),
                    width_marks: Mark::from_micro(lengths[run]),
                };
                gates.push((run, gate));
                gates.len() - 1
            });
            let numbers = &mut gates[gate].1.numbers;
            if !numbers.contains(&number) {
                numbers.push(number);
            }
            gate_of.push(gate);
        }
        let mut covers: Vec<u128> = pieces.iter().map(|p| p.codes).filter(|&c| c != 0).collect();
        covers.sort_unstable();
        covers.dedup();
        Self {
            gates: gates.into_iter().map(|(_, gate)| gate).collect(),
            gate_of,
            covers,
            circle,
        }
    }

    /// Settings at which the wheel passes among those that stand `1 / per_mark` marks apart.
    pub(crate) fn open_settings(&self, per_mark: u32) -> u64 {
        let finer = self.circle.scaled(i64::from(per_mark));
        let settings = finer.around / MICRO;
        (0..settings)
            .filter(|k| finer.covered_at(k * MICRO) != 0)
            .count() as u64
    }

    /// Total width of the gates, in millionths of a mark.
    pub(crate) fn width_micro(&self) -> u64 {
        let widths = self.gates.iter().map(|g| g.width_marks.micro());
        widths.sum::<i64>().unsigned_abs()
    }
}

/// A point between windows' ends, or one of the ends (length 0).
struct Piece {
    codes: u128,
    length: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Circle {
    around: i64,
    starts: Vec<i64>,
    width: i64,
}

impl Circle {
    /// The same circle in a unit that is smaller by `factor`.
    fn scaled(&self, factor: i64) -> Self {
        Self {
            around: self.around * factor,
            starts: self.starts.iter().map(|s| s * factor).collect(),
            width: self.width * factor,
        }
    }

    /// Alternately the windows' ends and the open stretches between them, once round.
    fn pieces(&self) -> Vec<Piece> {
        let ends = self.starts.iter().flat_map(|&s| [s, s + self.width]);
        let mut ends: Vec<i64> = ends.map(|e| e.rem_euclid(self.around)).collect();
        ends.sort_unstable();
        ends.dedup();
        let mut pieces = Vec::with_capacity(2 * ends.len());
        for (i, &end) in ends.iter().enumerate() {
            let next = ends[(i + 1) % ends.len()];
            let length = match (next - end).rem_euclid(self.around) {
                0 => self.around,
                length => length,
            };
            pieces.push(Piece {
                codes: self.covered_at(end),
                length: 0,
            });
            pieces.push(Piece {
                codes: self.covered_after(end),
                length,
            });
        }
        pieces
    }

    /// The codes whose window holds the point `at`.
    fn covered_at(&self, at: i64) -> u128 {
        self.codes(|start| (at - start).rem_euclid(self.around) <= self.width)
    }

    /// The codes whose window holds the stretch that begins just above `at`.
    fn covered_after(&self, at: i64) -> u128 {
        self.codes(|start| (at - start).rem_euclid(self.around) < self.width)
    }

    fn codes(&self, holds: impl Fn(i64) -> bool) -> u128 {
        let starts = self.starts.iter().enumerate();
        starts.fold(0, |set, (i, &s)| set | u128::from(holds(s)) << i)
    }
}

/// Connected runs of covered pieces round the circle: run of each piece, length of each run.
fn runs(pieces: &[Piece]) -> (Vec<usize>, Vec<i64>) {
    let first = pieces.iter().position(|p| p.codes == 0).unwrap_or(0);
    let mut run_of = vec![usize::MAX; pieces.len()];
    let mut lengths: Vec<i64> = Vec::new();
    let mut inside = false;
    for step in 0..pieces.len() {
        let i = (first + step) % pieces.len();
        if pieces[i].codes == 0 {
            inside = false;
            continue;
        }
        if !inside {
            lengths.push(0);
            inside = true;
        }
        run_of[i] = lengths.len() - 1;
        lengths[run_of[i]] += pieces[i].length;
    }
    (run_of, lengths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gates(half: f64, numbers: &[u32]) -> WheelGates {
        let window = GateWindow::symmetric(Mark::new(half).unwrap());
        WheelGates::new(100, window, numbers)
    }

    #[test]
    fn windows_that_overlap_or_touch_make_one_gate() {
        assert_eq!(gates(0.75, &[22, 24]).gates.len(), 2);
        assert_eq!(gates(0.75, &[22, 23]).gates.len(), 1);
        assert_eq!(gates(1.0, &[22, 24]).gates.len(), 1);
        assert_eq!(gates(1.0, &[99, 1]).gates[0].width_marks, Mark::whole(4));
        assert_eq!(gates(0.0, &[22, 23]).gates.len(), 2);
    }

    #[test]
    fn windows_all_round_the_dial_make_one_gate_as_wide_as_the_dial() {
        let all: Vec<u32> = (0..100).collect();
        let ring = gates(0.5, &all);
        assert_eq!(ring.gates.len(), 1);
        assert_eq!(ring.gates[0].width_marks, Mark::whole(100));
        assert_eq!(ring.open_settings(1), 100);
        assert_eq!(gates(0.5, &[22]).open_settings(8), 9);
    }
}
