//! The statements of the source text, each with a verdict and a number computed from the model.
//!
//! The text compares the emergency openings of outdoor smart locks with those of mechanical
//! combination locks. Every statement that a model can represent stands here with the function
//! that judges it; nothing is decided by hand. Where the designs at hand hold no such solution, or
//! where no figure exists, the verdict is "no data" and says what is missing.

use super::contest::Contest;
use super::report::Comparison;
use serde::Serialize;

mod advice;
mod evidence;
mod general;
mod hole;
mod key;
mod mechanical;
mod power;
mod remote;

use evidence::Evidence;

/// What the model says about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It holds for the designs and the scenario looked at.
    Holds,
    /// It does not.
    Fails,
    /// It holds for some causes, designs or figures.
    Depends,
    /// A solution or a figure is missing.
    NoData,
}

/// A judged statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// Its number in the list of statements.
    pub number: u8,
    /// Its words, shortened.
    pub quote: &'static str,
    /// The verdict.
    pub verdict: Verdict,
    /// The number behind it.
    pub value: Option<f64>,
    /// The unit of the number.
    pub unit: &'static str,
    /// What the number is and how it decides.
    pub because: String,
}

/// The judgement of one statement.
struct Judgement {
    verdict: Verdict,
    value: f64,
    unit: &'static str,
    because: String,
}

impl Judgement {
    fn new(verdict: Verdict, value: f64, unit: &'static str, because: impl Into<String>) -> Self {
        Self {
            verdict,
            value,
            unit,
            because: because.into(),
        }
    }

    /// Holds or fails by a test on the number.
    fn test(holds: bool, value: f64, unit: &'static str, because: impl Into<String>) -> Self {
        let verdict = if holds {
            Verdict::Holds
        } else {
            Verdict::Fails
        };
        Self::new(verdict, value, unit, because)
    }

    /// A chance: holds from 0.9, fails below 0.5, depends between.
    fn chance(p: f64, because: impl Into<String>) -> Self {
        let verdict = if p >= 0.9 {
            Verdict::Holds
        } else if p < 0.5 {
            Verdict::Fails
        } else {
            Verdict::Depends
        };
        Self::new(verdict, p, "chance", because)
    }
}

/// A statement and its judge; the judge answers none where what it `needs` is not there.
struct Statement {
    number: u8,
    quote: &'static str,
    needs: &'static str,
    judge: fn(&Evidence) -> Option<Judgement>,
}

/// All statements, judged on the designs of `contest`; `comparison` is its result.
#[must_use]
pub fn claims(contest: &Contest, comparison: &Comparison) -> Vec<Claim> {
    let evidence = Evidence::new(contest, comparison);
    let parts: [&[Statement]; 7] = [
        &general::STATEMENTS,
        &power::STATEMENTS,
        &key::STATEMENTS,
        &remote::STATEMENTS,
        &hole::STATEMENTS,
        &mechanical::STATEMENTS,
        &advice::STATEMENTS,
    ];
    let mut list: Vec<Claim> = parts
        .into_iter()
        .flatten()
        .map(|s| match (s.judge)(&evidence) {
            Some(j) => Claim {
                number: s.number,
                quote: s.quote,
                verdict: j.verdict,
                value: Some(j.value),
                unit: j.unit,
                because: j.because,
            },
            None => Claim {
                number: s.number,
                quote: s.quote,
                verdict: Verdict::NoData,
                value: None,
                unit: "",
                because: format!("missing: {}", s.needs),
            },
        })
        .collect();
    list.sort_by_key(|c| c.number);
    list
}
