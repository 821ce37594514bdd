//! How far figures of the emergency analysis rest on the trials of a manipulation study.
//!
//! A professional who works by feel takes the time that the study's success curve gives him. The curve has a band,
//! and so has what follows from it: the figures with the whole curve at the lower and at the upper end of its
//! pointwise band enclose them (wider than a band for each figure would be).

use super::emergency_links::Links;
use crate::emergency::{Cause, Contest, EmergencyReport, Model};
use crate::error::Result;
use crate::stats::Estimate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence level of the curve's band.
const LEVEL: f64 = super::resist::LEVEL;

/// What the trials leave open of one design's figures, at the figures of the files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByTrials {
    /// Expected loss, CNY per year.
    pub annual_loss: Estimate,
    /// The plans by cause.
    pub plan: BTreeMap<Cause, PlanByTrials>,
}

/// What the trials leave open of one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanByTrials {
    /// Expected cost of one event, CNY.
    pub expected_cost: Estimate,
    /// Expected time until the plan has ended, hours.
    pub expected_time_h: Estimate,
}

/// One entry a model, with its `links`; `None` where nothing is taken from trials.
///
/// # Errors
/// [`crate::error::Error::OutOfRange`] where a decision diagram grows beyond its bound.
pub(super) fn by_trials(models: &[Model], links: &[Links]) -> Result<Vec<Option<ByTrials>>> {
    if links.iter().all(|l| l.band.is_none()) {
        return Ok(vec![None; models.len()]);
    }
    let mut ends = Vec::new();
    for end in [None, Some(0), Some(1)] {
        match at(models, links, end) {
            Some(contest) => ends.push(contest?.run(0, 0)),
            None => return Ok(vec![None; models.len()]),
        }
    }
    let one = |(k, links): (usize, &Links)| {
        links.band.as_ref()?;
        let of = |figure: &dyn Fn(&EmergencyReport) -> f64| {
            let all: Vec<f64> = ends.iter().map(|c| figure(&c.designs[k])).collect();
            let low = all.iter().fold(f64::INFINITY, |a, &b| a.min(b));
            let high = all.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
            Estimate::new(all[0], low, high, LEVEL)
        };
        let causes = ends[0].designs[k].plan.keys();
        let plan = |cause: &Cause| PlanByTrials {
            expected_cost: of(&|d| d.plan[cause].expected_cost),
            expected_time_h: of(&|d| d.plan[cause].expected_time_h),
        };
        Some(ByTrials {
            annual_loss: of(&|d| d.annual_loss.total.nominal),
            plan: causes.map(|cause| (*cause, plan(cause))).collect(),
        })
    };
    Ok(links.iter().enumerate().map(one).collect())
}

/// The designs with the curves themselves or with an end of their bands; `None` where that end is no curve.
fn at(models: &[Model], links: &[Links], end: Option<usize>) -> Option<Result<Contest>> {
    let shifted = models.iter().zip(links).map(|(model, links)| {
        let mut known = links.links.clone();
        if let (Some(end), Some(band)) = (end, &links.band) {
            known.professional_time = Some(band[end].clone());
        }
        Model::new(&model.design, &model.scenario, &known).ok()
    });
    Some(Contest::new(shifted.collect::<Option<_>>()?))
}
