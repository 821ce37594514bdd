//! `no_dates`: the code cannot be read as a date.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{At, Dial, Rule, RuleKind, off};
use crate::finding::Finding;
use crate::keyspace::mark::MICRO;

/// The entry in [`super::RULES`].
pub const RULE: RuleKind = RuleKind::new::<NoDates>(
    "no_dates",
    "the code cannot be read as a date in any of the orders",
    r#"{"rule":"no_dates","orders":["dmy","mdy","ymd"]}"#,
);

/// Most orders of one rule: as many as fit into its state.
const ORDERS_MAX: usize = 10;
/// Bits of state per order: alive, and the tens digit of a number that two wheels make.
const BITS: usize = 5;

/// The code cannot be read as a date in any of `orders`.
///
/// An order has one letter per wheel: `d` (1 to 31), `m` (1 to 12), `y` (0 to 99). On wheels of
/// ten marks two equal letters make one number, tens first (`ddmm`); years are free there.
/// The length of months is not looked at: `mdy` on 100 marks are 12·31·100 = 37,200 codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoDates {
    /// The orders, such as `dmy`.
    pub orders: Vec<String>,
}

/// What the present wheel says about one order.
enum Part {
    Tens,
    Number(i64),
}

impl NoDates {
    /// The number read at `wheel`, given the pending tens digit; two wheels make one number where
    /// their letters are equal, counted in pairs from the start of a run.
    fn part(order: &[u8], at: &At<'_>, pending: i64) -> Part {
        let (wheel, number) = (at.spot.wheel, at.micro / MICRO);
        if at.places.marks() != 10 {
            return Part::Number(number);
        }
        let letter = order[wheel];
        let run = order[..wheel]
            .iter()
            .rev()
            .take_while(|l| **l == letter)
            .count();
        let more = order.get(wheel + 1) == Some(&letter);
        match (run % 2, more) {
            (1, _) => Part::Number(10 * pending + number),
            (_, true) => Part::Tens,
            (_, false) => Part::Number(number),
        }
    }
}

/// Whether `number` can be the part of a date that `letter` stands for.
fn fits(letter: u8, number: i64) -> bool {
    match letter {
        b'd' => (1..=31).contains(&number),
        b'm' => (1..=12).contains(&number),
        _ => (0..=99).contains(&number),
    }
}

impl Rule for NoDates {
    fn kind(&self) -> &'static str {
        RULE.name
    }

    fn check(&self, dial: Dial) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.orders.is_empty() || self.orders.len() > ORDERS_MAX {
            found.push(off(
                "orders",
                format!("{} orders", self.orders.len()),
                format!("1 to {ORDERS_MAX} orders, for example [\"dmy\", \"mdy\"]"),
            ));
        }
        for (i, order) in self.orders.iter().enumerate() {
            let letters = order.bytes().all(|l| b"dmy".contains(&l));
            if !letters || order.len() != dial.wheels {
                found.push(off(
                    &format!("orders/{i}"),
                    format!(
                        "`{order}` is not an order of dates on {} wheels",
                        dial.wheels
                    ),
                    "one letter per wheel out of d, m and y, for example dmy on three wheels",
                ));
            }
        }
        found
    }

    fn start(&self) -> u64 {
        (0..self.orders.len()).fold(0, |state, i| state | 1 << (BITS * i))
    }

    /// State: per order, alive (bit 0) and the pending tens digit (bits 1 to 4).
    fn step(&self, state: u64, at: &At<'_>) -> Option<u64> {
        if at.micro % MICRO != 0 {
            return Some(0);
        }
        let mut next = 0;
        for (i, order) in self.orders.iter().enumerate() {
            let mine = (state >> (BITS * i)) & 0b1_1111;
            if mine & 1 == 0 {
                continue;
            }
            let order = order.as_bytes();
            let pending = i64::from((mine >> 1) as u8);
            let after = match Self::part(order, at, pending) {
                Part::Tens => 1 | (at.micro / MICRO).unsigned_abs() << 1,
                Part::Number(n) => u64::from(fits(order[at.spot.wheel], n)),
            };
            next |= after << (BITS * i);
        }
        Some(next)
    }

    fn accept(&self, state: u64) -> bool {
        state == 0
    }
}
