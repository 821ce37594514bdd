//! How far figures of the emergency analysis rest on the trials of a manipulation study.
//!
//! A professional who works by feel takes the time that the study's success curve gives him. The curve has a band,
//! and so has what follows from it: the range of each figure over curves from the lower to the upper end of the
//! pointwise band. That is wider than a band for each figure would be, but where the order of attempts changes
//! within it a figure may lie beyond.

use super::emergency_links::Links;
use crate::design::source::sha256_hex;
use crate::emergency::exposure::Route;
use crate::emergency::given::{CurvePoint, ProfessionalCurve};
use crate::emergency::{Cause, Comparison, Contest, EmergencyReport, Model};
use crate::error::Result;
use crate::stats::Estimate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Confidence level of the curve's band.
const LEVEL: f64 = super::resist::LEVEL;
/// Where curves are taken between the lower (0) and the upper (1) end of the band, beside the curve itself.
const BETWEEN: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// What the trials leave open of one design's figures, at the figures of the files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByTrials {
    /// Fingerprint of the curve: where it is the same, nothing has moved by the trials.
    pub curve: String,
    /// Expected loss, CNY per year.
    pub annual_loss: Estimate,
    /// The plans by cause; of those that do not depend on the curve the figures themselves.
    pub plan: BTreeMap<Cause, PlanByTrials>,
    /// Exposure by route, per year.
    pub exposure_per_year: BTreeMap<Route, Estimate>,
}

/// What the trials leave open of one plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanByTrials {
    /// Chance to be in without the last resort.
    pub p_open: Estimate,
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
    let mut all = vec![at(models, links, None)?];
    for share in BETWEEN {
        all.push(at(models, links, Some(share))?);
    }
    let one = |(k, links): (usize, &Links)| {
        links.band.as_ref()?;
        let reports: Vec<&EmergencyReport> = all.iter().map(|c| &c.designs[k]).collect();
        Some(of_design(&reports, fingerprint(links)))
    };
    Ok(links.iter().enumerate().map(one).collect())
}

/// The ranges over `reports`, the first of them that of the curve itself.
fn of_design(reports: &[&EmergencyReport], curve: String) -> ByTrials {
    let range = |figure: &dyn Fn(&EmergencyReport) -> f64| {
        let all: Vec<f64> = reports.iter().map(|r| figure(r)).collect();
        let low = all.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        let high = all.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        Estimate::new(all[0], low, high, LEVEL)
    };
    let plan = |cause: &Cause| PlanByTrials {
        p_open: range(&|r| r.plan[cause].p_open),
        expected_cost: range(&|r| r.plan[cause].expected_cost),
        expected_time_h: range(&|r| r.plan[cause].expected_time_h),
    };
    let plans = reports[0].plan.keys().map(|cause| (*cause, plan(cause)));
    let routes = reports[0].exposure_per_year.keys();
    let exposure = routes.map(|route| (*route, range(&|r| r.exposure_per_year[route].nominal)));
    ByTrials {
        curve,
        annual_loss: range(&|r| r.annual_loss.total.nominal),
        plan: plans.collect(),
        exposure_per_year: exposure.collect(),
    }
}

fn fingerprint(links: &Links) -> String {
    let curve = serde_json::to_string(&links.links.professional_time);
    let mut hash = sha256_hex(curve.unwrap_or_default().as_bytes());
    hash.truncate(16);
    hash
}

/// The analysis at the figures of the files, with the curves themselves or so far between the ends of their bands.
fn at(models: &[Model], links: &[Links], share: Option<f64>) -> Result<Comparison> {
    let shifted = models.iter().zip(links).map(|(model, links)| {
        let mut known = links.links.clone();
        if let (Some(share), Some([low, high])) = (share, &links.band) {
            known.professional_time = Some(between(low, high, share));
        }
        // A curve that never falls is one that the model takes; otherwise the design keeps its own.
        let own = || Model::new(&model.design, &model.scenario, &links.links);
        Model::new(&model.design, &model.scenario, &known).or_else(|_| own())
    });
    let shifted: Vec<Model> = shifted.filter_map(std::result::Result::ok).collect();
    Ok(Contest::new(shifted)?.run(0, 0))
}

fn between(low: &ProfessionalCurve, high: &ProfessionalCurve, share: f64) -> ProfessionalCurve {
    let points = low
        .points
        .iter()
        .zip(&high.points)
        .map(|(a, b)| CurvePoint {
            time_h: a.time_h,
            p_open: a.p_open + share * (b.p_open - a.p_open),
        });
    ProfessionalCurve {
        attack: low.attack.clone(),
        points: points.collect(),
    }
}
