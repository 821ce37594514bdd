//! What an attack of a study knows beforehand, and whether it applies to a design at all.

use super::options::Options;
use super::trials::Bench;
use crate::attack::{Attack, Likely, Needs, SCHEDULES, Schedule, Shape, Work};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::keyspace::{Chooser, CodeSet, Realisation};
use crate::mechanism::DialLock;
use crate::rng::Stream;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// The search for a schedule: in each round the locks on which they are compared, and how many are
/// left after it.
const SEARCH: [(Range<u64>, usize); 2] = [(0..12, 3), (12..48, 1)];
/// The number of the first of these locks: far beyond any study's own.
const SEARCHED_FROM: u64 = 1 << 48;

/// Prepared once for all trials of a study.
pub(super) struct Prepared {
    /// Codes that are likelier than others, with their chances.
    pub(super) likely: Vec<Likely>,
    /// How owners choose codes, where they do not draw them.
    chooser: Option<Chooser>,
    /// The drawing's tables.
    pub(super) shape: Arc<Shape>,
    /// The schedule of a judged attack.
    pub(super) schedule: Option<&'static Schedule>,
}

impl Prepared {
    /// What `attack` needs to know of `design`, whose allowed codes are `codes`.
    ///
    /// # Errors
    /// [`Error::NotApplicable`] with the reason.
    pub(super) fn new(
        design: &Design,
        lock: &DialLock,
        attack: &Attack,
        codes: &CodeSet,
    ) -> Result<Self> {
        if attack.needs == Needs::SpareCode && design.pack_code_count() < 2 {
            return Err(Error::NotApplicable {
                what: "the attack of a spare code's holder",
                to: design.name.clone(),
                why: no_shared_spare(design).to_owned(),
            });
        }
        let input = design.key_space()?;
        let by_habit = attack.needs == Needs::LikelyCodes || input.chosen.is_some();
        let chooser = by_habit.then(|| Chooser::new(input, codes)).transpose();
        let chooser = chooser.map_err(|f| Error::OutOfRange {
            name: "the code rules",
            got: f.message,
            allowed: f.hint,
        })?;
        let likely = chooser.iter().flat_map(|c| c.likely(codes));
        Ok(Self {
            likely: likely.map(|(code, p)| Likely { code, p }).collect(),
            chooser,
            shape: Arc::new(Shape::new(lock)),
            schedule: None,
        })
    }

    /// Whether codes are drawn as people choose them.
    pub(super) fn is_by_habit(&self) -> bool {
        self.chooser.is_some()
    }

    /// A code as an owner sets it; `None` where nothing is allowed.
    pub(super) fn draw(&self, codes: &CodeSet, rng: &mut Stream) -> Option<Vec<u32>> {
        match &self.chooser {
            Some(chooser) => chooser.draw(codes, rng),
            None => codes.sample(rng),
        }
    }
}

/// The schedule by which a judged attack opens soonest on average, on locks of its own; `None` for
/// other attacks.
///
/// # Errors
/// [`Error::Stopped`] where the user stops before it is found.
pub(super) fn best_schedule(
    bench: &mut Bench<'_>,
    options: &Options<'_>,
) -> Result<Option<&'static Schedule>> {
    if !matches!(bench.attack.work, Work::Judged(_)) {
        return Ok(None);
    }
    let mean_s = |bench: &Bench<'_>, locks: Range<u64>| {
        let count = (locks.end - locks.start) as f64;
        let trials = locks
            .into_par_iter()
            .filter(|_| !options.is_stopped())
            .map(|k| bench.trial(SEARCHED_FROM + k));
        let most_s = 3600.0 * bench.reader.budget_h;
        let times: Vec<f64> = trials.map(|o| o.tally.elapsed_s.min(most_s)).collect();
        crate::math::sum(times) / count
    };
    let mut left: Vec<&'static Schedule> = SCHEDULES.iter().collect();
    for (locks, keep) in SEARCH {
        let mut timed: Vec<(f64, &'static Schedule)> = left
            .iter()
            .map(|s| (mean_s(bench.by(s), locks.clone()), *s))
            .collect();
        timed.sort_by(|a, b| a.0.total_cmp(&b.0));
        left = timed.into_iter().take(keep).map(|(_, s)| s).collect();
    }
    if options.is_stopped() {
        return Err(Error::Stopped {
            done: 0,
            total: options.trials.unwrap_or(bench.design.study.trials),
        });
    }
    Ok(left.first().copied())
}

/// Why nobody can hold a spare code of the wheels that carry the main one.
fn no_shared_spare(design: &Design) -> &'static str {
    let codes = design.keyspace.as_ref().and_then(|k| k.codes.as_ref());
    let spares = codes.map_or(&[][..], |c| &c.spares[..]);
    let has = |r: Realisation| spares.iter().any(|s| s.realisation == r);
    if has(Realisation::SeparatePack) {
        "its spare lies on a pack of its own and says nothing of the main code"
    } else if has(Realisation::ChangeKey) {
        "its spare is a record, no second code in the lock"
    } else {
        "it has no spare code"
    }
}
