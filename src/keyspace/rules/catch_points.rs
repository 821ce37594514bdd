//! `catch_points`: the codes that agree with what a hand felt on a single-dial padlock.
//!
//! *Model*: three places of the pulled shackle tell of the code. The dial catches at two places in the first
//! quarter turn with a middle on a whole mark; the third number is one of them or of their repeats. Where the dial
//! resists, a fixed way before the first number, gives the first number. The maker's gates leave the third number
//! the residue of the first, the second half a modulus more, and the second never next to the third.
//! *Assumptions*: the figures of 40 marks are those of one maker's padlocks; other dials state their own.
//! *Reference*: S. Kamkar, samy.pl/master (2015), as in `../shared/reference/field.md`, 5.
//! *Checked by*: `tests/it/validation/keyspace.rs` (A7), enumeration in `tests/it/laws/keyspace.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Memory, Rule, RuleKind, check_mark, off};
use crate::finding::Finding;
use crate::keyspace::mark::{MICRO, Mark};
use crate::keyspace::place::Places;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<CatchPoints>(
    "catch_points",
    "the code agrees with what was felt on a single-dial padlock: where it catches and resists",
    r#"{"rule":"catch_points","locked":[3,8],"resistance":16,"repeat":10,"ahead":5,"modulus":4,"apart":2}"#,
);

/// The first number is `ahead` marks from `resistance`, rounded up; the third is one of `locked` or of their repeats
/// and ≡ the first (mod `modulus`); the second is half a modulus more and not `apart` marks from the third.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatchPoints {
    /// Middles of the places in the first quarter turn where the dial catches, on whole marks.
    #[schemars(length(min = 1))]
    pub locked: Vec<u32>,
    /// Where the dial resists, marks.
    pub resistance: Mark,
    /// Marks after which the catches repeat.
    #[serde(default = "repeat")]
    #[schemars(range(min = 1))]
    pub repeat: u32,
    /// Marks from the resistance to the first number.
    #[serde(default = "ahead")]
    pub ahead: Mark,
    /// In which residues the maker's gates stand; even.
    #[serde(default = "modulus")]
    #[schemars(range(min = 2), extend("multipleOf" = 2))]
    pub modulus: u32,
    /// How far the second number cannot be from the third, marks.
    #[serde(default = "apart")]
    pub apart: u32,
}

fn repeat() -> u32 {
    10
}

fn ahead() -> Mark {
    Mark::whole(5)
}

fn modulus() -> u32 {
    4
}

fn apart() -> u32 {
    2
}

/// The finding for a `field` that does not divide the dial.
fn check_part(field: &str, part: u32, dial: Dial) -> Option<Finding> {
    (part == 0 || !dial.marks.is_multiple_of(part)).then(|| {
        off(
            field,
            format!("{} marks are no multiple of {part}", dial.marks),
            format!("a divisor of {}", dial.marks),
        )
    })
}

impl CatchPoints {
    /// The first number on a dial of `marks`.
    fn first(&self, marks: u32) -> i64 {
        let place = self.resistance.micro() + self.ahead.micro();
        (-(-place).div_euclid(MICRO)).rem_euclid(i64::from(marks))
    }

    /// Whether the third number can be `third`.
    fn is_caught(&self, third: i64) -> bool {
        let repeat = i64::from(self.repeat);
        let is_repeat = |&at: &u32| (third - i64::from(at)).rem_euclid(repeat) == 0;
        self.locked.iter().any(is_repeat)
    }
}

impl Rule for CatchPoints {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let mut found = Vec::new();
        if dial.wheels != 3 {
            found.push(off(
                "rule",
                format!("{} numbers, but three are felt for", dial.wheels),
                "a lock of three wheels",
            ));
        }
        if self.locked.is_empty() {
            found.push(off(
                "locked",
                "no place where the dial catches",
                "the two on whole marks",
            ));
        }
        for (i, &at) in self.locked.iter().enumerate() {
            found.extend(check_mark(&format!("locked/{i}"), Mark::whole(at), dial));
        }
        found.extend(check_mark("resistance", self.resistance, dial));
        found.extend(check_mark("ahead", self.ahead, dial));
        found.extend(check_part("repeat", self.repeat, dial));
        found.extend(check_part("modulus", self.modulus, dial));
        if !self.modulus.is_multiple_of(2) {
            found.push(off(
                "modulus",
                format!("{} has no half", self.modulus),
                "an even modulus",
            ));
        }
        found.extend(check_mark("apart", Mark::whole(self.apart), dial));
        found
    }

    fn memory(&self, _: &Places) -> Memory {
        Memory::Last
    }

    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        let (marks, modulus) = (at.places.marks(), i64::from(self.modulus));
        let (first, number) = (self.first(marks), at.micro.div_euclid(MICRO));
        let is_residue = |plus: i64| (number - first - plus).rem_euclid(modulus) == 0;
        let is_far = |&second: &super::Spot| {
            let way = (at.micro - at.places.micro(second)).rem_euclid(Mark::whole(marks).micro());
            let apart = Mark::whole(self.apart).micro();
            way != apart && Mark::whole(marks).micro() - way != apart
        };
        let is_right = at.micro.rem_euclid(MICRO) == 0
            && match at.spot.wheel {
                0 => number == first,
                1 => is_residue(modulus / 2),
                _ => {
                    is_residue(0) && self.is_caught(number) && at.earlier.last().is_some_and(is_far)
                }
            };
        is_right.then_some(state)
    }
}
