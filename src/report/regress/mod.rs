//! Results against stored ones: what moved, which way, and whether that is good.
//!
//! Counts are compared digit by digit, computed numbers within 1e-9 of their size, estimates by
//! their intervals: an estimate has moved where the two intervals have no point in common. Numbers of the emergency
//! analysis that follow from trials are compared by what the trials leave open of them, where other trials were made. The
//! settings of a run (trials, budget) and the names of files are no results and are not compared;
//! there are no timings of the program in a result. Sentences are never compared: a note worded anew is no other number.
//!
//! | file | holds |
//! |---|---|
//! | [`baseline`] | reading a stored result, what is wrong with it as findings |
//! | [`leaf`] | a result as a list of places with what stands there |
//! | `prose` | what of that is sentences |
//! | [`table`] | what moved as a table |
//! | [`junit`], [`github`] | the same for a CI |

pub mod baseline;
pub mod github;
pub mod junit;
pub mod leaf;
mod prose;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::metric::{self, Good, METRICS, Metric};
pub use baseline::Baseline;
pub use leaf::{Leaf, Reading};

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It moved the wrong way.
    Worse,
    /// It is no longer there, so that nobody can judge it.
    Removed,
    /// It moved, and it depends whether that is good.
    Changed,
    /// It moved the right way.
    Better,
    /// There was none before.
    Added,
    /// An estimate that moved within its interval, or a number within what the trials leave open: no difference shown.
    Within,
    /// It is as before.
    Same,
}

impl Verdict {
    /// Whether it makes the comparison fail.
    #[must_use]
    pub fn is_regression(self) -> bool {
        matches!(self, Self::Worse | Self::Removed)
    }

    /// As people say it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Removed => "gone",
            Self::Changed => "changed",
            Self::Better => "better",
            Self::Added => "new",
            Self::Within => "within its interval",
            Self::Same => "as before",
        }
    }
}

/// One number before and now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its place in the result, names separated by `/`.
    pub metric: String,
    /// What became of it.
    pub verdict: Verdict,
    /// `up`, `down`, or neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<&'static str>,
    /// As stored.
    pub from: Option<Reading>,
    /// As computed now.
    pub to: Option<Reading>,
    /// Whether it is a metric; the rest is compared under `--strict` only.
    #[serde(skip)]
    pub known: Option<&'static Metric>,
}

/// One design against its baseline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The design.
    pub design: String,
    /// Its file.
    pub file: String,
    /// The stored result.
    pub baseline: String,
    /// Whether every number had to be bit-identical.
    pub strict: bool,
    /// Numbers compared.
    pub compared: usize,
    /// Whether nothing speaks against it.
    pub passes: bool,
    /// Every metric, and under `strict` whatever else differs.
    pub metrics: Vec<Change>,
}

impl Comparison {
    /// How many have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.metrics.iter().filter(|c| c.verdict == verdict).count()
    }

    /// Whether `change` makes this comparison fail.
    #[must_use]
    pub fn fails(&self, change: &Change) -> bool {
        change.verdict.is_regression() || (self.strict && change.verdict != Verdict::Same)
    }
}

/// The comparison of `new`, the places of a result of `design` (read from `file`), with `baseline`.
#[must_use]
pub fn compare(
    (design, file): (&str, &str),
    baseline: &Baseline,
    new: Vec<Leaf>,
    strict: bool,
) -> Comparison {
    let mut metrics: Vec<Change> = changes(baseline.leaves.clone(), new, strict)
        .into_iter()
        .filter(|c| c.known.is_some() || (strict && c.verdict != Verdict::Same))
        .collect();
    metrics.sort_by_key(|c| c.verdict);
    let mut comparison = Comparison {
        design: design.to_owned(),
        file: file.to_owned(),
        baseline: baseline.path.display().to_string(),
        strict,
        compared: metrics.iter().filter(|c| c.known.is_some()).count(),
        passes: true,
        metrics,
    };
    comparison.passes = !comparison.metrics.iter().any(|c| comparison.fails(c));
    comparison
}

/// What became of every place of `old` and `new` but those of sentences: metrics in the order of their list, then the
/// rest.
pub(in crate::report) fn changes(old: Vec<Leaf>, new: Vec<Leaf>, strict: bool) -> Vec<Change> {
    let mut pairs: BTreeMap<(usize, String), (Option<Leaf>, Option<Leaf>)> = BTreeMap::new();
    let key = |leaf: &Leaf| {
        let rank = leaf
            .metric
            .and_then(|m| METRICS.iter().position(|n| n.path == m.path));
        (rank.unwrap_or(METRICS.len()), leaf.path.clone())
    };
    for leaf in old {
        let at = key(&leaf);
        pairs.entry(at).or_default().0 = Some(leaf);
    }
    for leaf in new {
        let at = key(&leaf);
        pairs.entry(at).or_default().1 = Some(leaf);
    }
    let is_prose = |l: &Option<Leaf>| l.as_ref().is_none_or(Leaf::is_prose);
    let all = pairs.into_iter();
    let mut all: Vec<Change> = all
        .filter(|(_, (old, new))| !(is_prose(old) && is_prose(new)))
        .map(|((_, path), (old, new))| change(path, old, new, strict))
        .collect();
    if !strict {
        within_trials(&mut all);
    }
    all
}

/// Where other trials were made, numbers that follow from them have moved only if the trials leave no room for it.
fn within_trials(all: &mut [Change]) {
    let is_moved = |c: &Change| c.metric == metric::TRIALS && c.verdict != Verdict::Same;
    if !all.iter().any(is_moved) {
        return;
    }
    let at_rest = all
        .iter()
        .filter(|c| matches!(c.verdict, Verdict::Within | Verdict::Same))
        .map(|c| c.metric.clone())
        .collect::<BTreeSet<String>>();
    for change in all {
        let is_number = matches!(change.to, Some(Reading::Number(_)));
        let is_moved = !matches!(change.verdict, Verdict::Same | Verdict::Removed);
        let by = metric::by_trials(&change.metric);
        if is_number && is_moved && by.is_some_and(|by| at_rest.contains(&by)) {
            change.verdict = Verdict::Within;
        }
    }
}

fn change(path: String, old: Option<Leaf>, new: Option<Leaf>, strict: bool) -> Change {
    let known = old.as_ref().or(new.as_ref()).and_then(|l| l.metric);
    let (from, to) = (old.and_then(|l| l.reading), new.and_then(|l| l.reading));
    let way = from.as_ref().zip(to.as_ref()).and_then(|(a, b)| way(a, b));
    let judged = match (known.map_or(Good::Neither, |m| m.good), way) {
        (Good::More, Some(1)) | (Good::Less, Some(-1)) => Verdict::Better,
        (Good::More, Some(-1)) | (Good::Less, Some(1)) => Verdict::Worse,
        _ => Verdict::Changed,
    };
    let verdict = match (&from, &to) {
        (Some(a), Some(b)) if a == b => Verdict::Same,
        (Some(a), Some(b)) if is_close(a, b) && !strict => Verdict::Same,
        (Some(Reading::Estimate(a)), Some(Reading::Estimate(b))) if a.overlaps(b) => {
            Verdict::Within
        }
        (Some(_), Some(_)) => judged,
        (Some(_), None) => Verdict::Removed,
        (None, _) => Verdict::Added,
    };
    let direction = way
        .filter(|_| verdict != Verdict::Same)
        .map(|way| if way > 0 { "up" } else { "down" });
    Change {
        metric: path,
        verdict,
        direction,
        from,
        to,
        known,
    }
}

fn is_close(a: &Reading, b: &Reading) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let both = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => close(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    match (a, b) {
        (Reading::Number(a), Reading::Number(b)) => close(*a, *b),
        (Reading::Estimate(a), Reading::Estimate(b)) => {
            both(a.value, b.value) && both(a.low, b.low) && both(a.high, b.high)
        }
        _ => false,
    }
}

/// 1 where `b` lies above `a`, -1 below, none where that cannot be said.
fn way(a: &Reading, b: &Reading) -> Option<i8> {
    use std::cmp::Ordering;
    let order = match (a, b) {
        (Reading::Count(a), Reading::Count(b)) => (a.len(), a).cmp(&(b.len(), b)),
        (Reading::Flag(a), Reading::Flag(b)) => a.cmp(b),
        (Reading::Number(a), Reading::Number(b)) => a.total_cmp(b),
        (Reading::Estimate(a), Reading::Estimate(b)) => middle(a).total_cmp(&middle(b)),
        _ => return None,
    };
    match order {
        Ordering::Less => Some(1),
        Ordering::Greater => Some(-1),
        Ordering::Equal => None,
    }
}

/// Where an estimate lies: its value; where there is none because it was not reached, above all.
fn middle(e: &crate::stats::Estimate) -> f64 {
    match (e.value, e.low, e.high) {
        (Some(v), ..) => v,
        (None, Some(_), None) => f64::INFINITY,
        (None, None, Some(_)) => f64::NEG_INFINITY,
        (None, low, high) => 0.5 * (low.unwrap_or(0.0) + high.unwrap_or(0.0)),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
