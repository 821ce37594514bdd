//! Reading a dial program: `L4 22 R3 67 L2 38 R`.

use super::{Direction, Move, Program, ProgramFault};

/// Most moves of a program.
const MOST_MOVES: usize = 100;

/// Most passes of one move.
const MOST_PASSES: u32 = 99;

impl Program {
    /// Reads a program for a dial of `marks` graduations.
    ///
    /// A move is a direction (`L` or `R`, either case), how often the mark comes by (left out: once)
    /// and, after a space, the mark: a whole or decimal number, or one with `½`, `¼` or `¾`. A last
    /// direction without a mark is the opening turn. Spaces and commas separate.
    ///
    /// # Errors
    /// The first place that does not fit, and what was expected there.
    pub fn parse(text: &str, marks: u32) -> Result<Self, ProgramFault> {
        let mut reader = Reader {
            letters: text.chars().collect(),
            at: 0,
            marks,
        };
        let mut program = Self::default();
        reader.skip();
        if reader.peek().is_none() {
            return Err(
                reader.fault("the program is empty: write for example `L4 22 R3 67 L2 38 R`")
            );
        }
        while reader.peek().is_some() {
            if program.moves.len() == MOST_MOVES {
                return Err(reader.fault(format!("a program has at most {MOST_MOVES} moves")));
            }
            let direction = reader.direction()?;
            let passes = reader.passes()?;
            reader.skip();
            match (reader.peek(), passes) {
                (None, None) => program.opening = Some(direction),
                (Some('L' | 'l' | 'R' | 'r'), None) => {
                    return Err(reader.fault(
                        "a turn without a mark is the opening turn and stands last; a mark is expected here",
                    ));
                }
                _ => {
                    let mark = reader.mark(passes)?;
                    program.moves.push(Move {
                        direction,
                        passes: passes.unwrap_or(1),
                        mark,
                    });
                }
            }
            reader.skip();
        }
        Ok(program)
    }
}

struct Reader {
    letters: Vec<char>,
    at: usize,
    marks: u32,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || c == ',') {
            self.at += 1;
        }
    }

    fn fault(&self, why: impl Into<String>) -> ProgramFault {
        ProgramFault {
            at: self.at,
            why: why.into(),
        }
    }

    fn direction(&mut self) -> Result<Direction, ProgramFault> {
        let direction = match self.peek() {
            Some('L' | 'l') => Direction::Left,
            Some('R' | 'r') => Direction::Right,
            Some(other) => {
                return Err(self.fault(format!("a direction is expected, L or R, not `{other}`")));
            }
            None => return Err(self.fault("a direction is expected, L or R")),
        };
        self.at += 1;
        Ok(direction)
    }

    /// The digits at the reader, which then stands behind them.
    fn digits(&mut self) -> String {
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
        self.at += digits.len();
        digits
    }

    fn passes(&mut self) -> Result<Option<u32>, ProgramFault> {
        let from = self.at;
        let digits = self.digits();
        if digits.is_empty() {
            return Ok(None);
        }
        match digits.parse() {
            Ok(passes) if (1..=MOST_PASSES).contains(&passes) => Ok(Some(passes)),
            _ => Err(ProgramFault {
                at: from,
                why: format!("the mark is passed {digits} times: give 1 to {MOST_PASSES}"),
            }),
        }
    }

    fn mark(&mut self, passes: Option<u32>) -> Result<f64, ProgramFault> {
        let from = self.at;
        let mut digits = self.digits();
        if self.peek() == Some('.') && !digits.is_empty() {
            self.at += 1;
            let decimals = self.digits();
            if decimals.is_empty() {
                return Err(self.fault("a digit is expected after the point"));
            }
            digits = format!("{digits}.{decimals}");
        } else if let Some(part) = self.peek().and_then(fraction) {
            self.at += 1;
            digits = format!("{}.{part}", if digits.is_empty() { "0" } else { &digits });
        }
        let Ok(mark) = digits.parse::<f64>() else {
            let after = passes.map_or_else(String::new, |n| format!(" after {n} turns"));
            return Err(ProgramFault {
                at: from,
                why: format!("the mark to stop on{after} is expected"),
            });
        };
        if mark >= f64::from(self.marks) {
            let why = format!(
                "the dial has no mark {digits}: it goes from 0 to {}",
                self.marks - 1
            );
            return Err(ProgramFault { at: from, why });
        }
        match self.peek() {
            Some(c) if !c.is_whitespace() && c != ',' && !c.is_ascii_alphabetic() => {
                Err(self.fault(format!("`{c}` does not belong to a mark")))
            }
            _ => Ok(mark),
        }
    }
}

/// The decimals of a vulgar fraction.
fn fraction(c: char) -> Option<&'static str> {
    match c {
        '½' => Some("5"),
        '¼' => Some("25"),
        '¾' => Some("75"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trade_notation_is_read_with_halves_decimals_and_the_opening_turn() {
        let program = Program::parse(" L4 22½, r3 67.25 L 38 R", 100).unwrap();
        let marks: Vec<f64> = program.moves.iter().map(|m| m.mark).collect();
        assert_eq!(marks, [22.5, 67.25, 38.0]);
        let passes: Vec<u32> = program.moves.iter().map(|m| m.passes).collect();
        assert_eq!(passes, [4, 3, 1]);
        assert_eq!(program.moves[1].direction, Direction::Right);
        assert_eq!(program.opening, Some(Direction::Right));
        assert_eq!(
            Program::parse("L2 ½", 100).unwrap().moves[0]
                .mark
                .to_string(),
            "0.5"
        );
    }

    #[test]
    fn a_program_that_is_printed_reads_back_the_same() {
        let program = Program::parse("L4 22.5 R3 0 L2 99.75 R", 100).unwrap();
        assert_eq!(program.to_string(), "L4 22.5 R3 0 L2 99.75 R");
        assert_eq!(Program::parse(&program.to_string(), 100).unwrap(), program);
    }

    #[test]
    fn every_fault_is_found_where_it_stands() {
        for (text, at, word) in [
            ("", 0, "empty"),
            ("  ,", 3, "empty"),
            ("X4 22", 0, "direction"),
            ("L4 22 67", 6, "direction"),
            ("L4", 2, "mark"),
            ("L22 R", 4, "mark"),
            ("L0 22", 1, "0 times"),
            ("L100 22", 1, "100 times"),
            ("L99999999999 22", 1, "times"),
            ("L4 100", 3, "no mark"),
            ("L4 -1", 3, "mark"),
            ("L4 2-2", 4, "`-`"),
            ("L4 22. R", 6, "digit"),
            ("L4 ½½", 4, "`½`"),
            ("R L4 22", 2, "opening"),
            ("L4 1e9", 4, "direction"),
        ] {
            let fault = Program::parse(text, 100).unwrap_err();
            assert_eq!(fault.at, at, "{text}: {fault}");
            assert!(fault.why.contains(word), "{text}: {fault}");
        }
        assert!(Program::parse(&"L1 1 ".repeat(101), 100).is_err());
    }
}
