//! One side of a comparison: every analysis of a design, with what came of each of its trials kept.

use super::difference::TrialTimes;
use super::options::Options;
use super::resist::resisted;
use super::whole::{Study, without_trials};
use crate::attack::Attack;
use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::dial_lock::{OwnerSetup, opens_with_error};

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Its analyses; the manipulation study is of the one attack and reader compared.
    pub study: Study,
    /// When each trial ended; `None` where the lock has nothing to manipulate.
    pub times: Option<TrialTimes>,
    /// Whether the owner's first dialing opened the lock of each trial; `None` where there are no wheels to dial.
    pub owner_opens: Option<Vec<bool>>,
}

/// Studies `design` with `attack` by its reader called `reader`.
///
/// # Errors
/// [`Error::Unknown`] for the reader, [`Error::Stopped`] where the user stopped the run, anything a
/// study cannot go on without.
pub fn side(
    design: &Design,
    attack: &'static Attack,
    reader: &str,
    options: &Options<'_>,
) -> Result<Side> {
    let mut study = without_trials(design, options.seed)?;
    let reader = design.reader(reader)?;
    let resisted = match resisted(design, attack, reader, options) {
        Ok(resisted) => resisted,
        Err(e @ Error::NotApplicable { .. }) => {
            study.does_not_apply(&e);
            return Ok(Side {
                study,
                times: None,
                owner_opens: None,
            });
        }
        Err(e) => return Err(e),
    };
    let trials = options.trials.unwrap_or(design.study.trials);
    options.go_on(resisted.report.trials, trials)?;
    study.resist.push(resisted.report);
    Ok(Side {
        study,
        times: Some(resisted.times),
        owner_opens: owner_opens(design, trials, options)?,
    })
}

/// Whether the owner's first dialing opens, lock by lock: those of the trials of `tolerance`.
fn owner_opens(design: &Design, trials: u64, options: &Options<'_>) -> Result<Option<Vec<bool>>> {
    let Some(lock) = design.lock.contact() else {
        return Ok(None);
    };
    let setup = OwnerSetup {
        lock,
        codes: &design.pack_codes(),
        dialing_sd_marks: design.owner_sd_marks,
        seed: options.seed,
    };
    let opens = |trial| opens_with_error(&setup, trial, setup.dialing_sd_marks);
    options.each(trials, opens).map(Some)
}
