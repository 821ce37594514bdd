//! What an attack of a study knows beforehand, and whether it applies to a design at all.

use super::trials::Bench;
use crate::attack::{Attack, Likely, Needs, SCHEDULES, Schedule, Shape, Work};
use crate::design::Design;
use crate::error::{Error, Result};
use crate::keyspace::{Chooser, CodeSet, Realisation};
use crate::mechanism::DialLock;
use crate::rng::Stream;
use rayon::prelude::*;
use std::sync::Arc;

/// Locks on which schedules are compared, and the number of the first: far beyond any study's own.
const SEARCHED: u64 = 24;
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
pub(super) fn best_schedule(bench: &mut Bench<'_>) -> Option<&'static Schedule> {
    if !matches!(bench.attack.work, Work::Judged(_)) {
        return None;
    }
    let mean_s = |bench: &Bench<'_>| {
        let locks = (0..SEARCHED).into_par_iter();
        let times = locks.map(|k| bench.trial(SEARCHED_FROM + k).tally.elapsed_s);
        let most_s = 3600.0 * bench.reader.budget_h;
        let times: Vec<f64> = times.map(|t| t.min(most_s)).collect();
        crate::math::sum(times) / SEARCHED as f64
    };
    let timed = SCHEDULES.iter().map(|s| (s, mean_s(bench.by(s))));
    let best = timed.min_by(|a, b| a.1.total_cmp(&b.1));
    best.map(|(schedule, _)| schedule)
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
