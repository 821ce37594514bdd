//! What an attacker may know beforehand, as plain data: whoever makes the study passes it in.

use super::belief::Shape;
use super::ideal::Schedule;
use std::sync::Arc;

/// A code with the attacker's own chance for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    /// The numbers, whole marks, in dialing order.
    pub code: Vec<u32>,
    /// The chance that it is the lock's.
    pub p: f64,
}

/// What the attackers of a study know beyond make and model.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Codes that are likelier than the others, likeliest first (attacks with
    /// [`super::Needs::LikelyCodes`], and judged ones).
    pub likely: &'a [Likely],
    /// The drawing's tables, made once for all trials; each attacker makes them where they are not.
    pub shape: Option<&'a Arc<Shape>>,
    /// The schedule of attacks that are judged.
    pub schedule: Option<&'a Schedule>,
}

/// What one attacker knows of one lock beyond make and model.
#[derive(Debug, Clone, Copy)]
pub struct Beforehand<'a> {
    /// Codes that are likelier than the others, likeliest first.
    pub likely: &'a [Likely],
    /// Codes of the lock that the attacker holds, marks.
    pub held: &'a [Vec<f64>],
    /// How many codes are cut into the wheels.
    pub codes: usize,
    /// The drawing's tables.
    pub shape: Option<&'a Arc<Shape>>,
}

/// What an attack needs to know; a study that has none of it says "not applicable".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Make and model.
    Nothing,
    /// Which codes are likely.
    LikelyCodes,
    /// A spare code of the same wheels.
    SpareCode,
}
