//! One side of a comparison: every analysis of a design, with the times of its trials kept.

use super::difference::TrialTimes;
use super::options::Options;
use super::resist::resisted;
use super::whole::{Study, without_trials};
use crate::attack::Attack;
use crate::design::Design;
use crate::error::{Error, Result};

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Its analyses; the manipulation study is of the one attack and reader compared.
    pub study: Study,
    /// When each trial ended; `None` where the lock has nothing to manipulate.
    pub times: Option<TrialTimes>,
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
            return Ok(Side { study, times: None });
        }
        Err(e) => return Err(e),
    };
    if options.is_stopped() {
        return Err(Error::Stopped {
            done: resisted.report.trials,
            total: options.trials.unwrap_or(design.study.trials),
        });
    }
    study.resist.push(resisted.report);
    Ok(Side {
        study,
        times: Some(resisted.times),
    })
}
