//! The result of the emergency analysis, as it is serialised. All money is in CNY.

use super::access::AccessPoint;
use super::cause::Cause;
use super::exposure::Route;
use super::frontier::Choice;
use super::given::Origin;
use super::importance::Importance;
use super::number::Mark;
use super::outcome::Loss;
use super::subset::SolutionValue;
use crate::finding::Finding;
use serde::Serialize;
use std::collections::BTreeMap;

/// Share of the samples between `low` and `high` of every estimate: from 5 % to 95 %.
pub const LEVEL: f64 = 0.9;

/// A model estimate over the uncertain parameters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean over the samples.
    pub value: f64,
    /// 5 % point.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95 % point.
    pub high: f64,
    /// Share of the samples between low and high.
    pub level: f64,
    /// With every number at the figure of its file.
    pub nominal: f64,
}

/// A yearly rate and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rate {
    /// Mean over the samples, per year.
    pub value: f64,
    /// 5 % point.
    pub low: f64,
    /// 95 % point.
    pub high: f64,
    /// Share of the samples between low and high.
    pub level: f64,
    /// With every number at the figure of its file.
    pub nominal: f64,
    /// Its origin.
    pub from: Origin,
}

/// Whether a solution opens for a cause.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Success {
    /// Chance that it opens when tried first, at the figures of the files.
    pub p: f64,
    /// Why not more.
    pub reason: String,
}

/// One attempt of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The solution.
    pub solution: String,
    /// Chance to open now, given that what came before failed.
    pub p_opens: f64,
    /// Chance to be in after this attempt (the branch of a seized lock not counted).
    pub p_cumulative: f64,
    /// Expected money of the attempt, damage included, CNY.
    pub cost_cny: f64,
    /// Of which damage, fees at night and other expected surcharges, CNY.
    pub surcharge_cny: f64,
    /// Expected time of the attempt, hours.
    pub time_h: f64,
    /// Where chance and time of the attempt come from.
    pub from: Origin,
}

/// One way a plan can end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ending {
    /// Attempts made, in order.
    pub tried: Vec<String>,
    /// Whether a forced attempt seized the lock on the way.
    pub seized: bool,
    /// What opened it; none: the last resort.
    pub opened_by: Option<String>,
    /// Its probability, given the cause.
    pub p: f64,
}

/// What to do against one cause, at the figures of the files.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanReport {
    /// Solutions in the order of least expected cost; giving up after the last.
    pub order: Vec<String>,
    /// What to try after the forced attempt has seized the lock.
    pub after_seizure: Vec<String>,
    /// The attempts one by one.
    pub steps: Vec<Step>,
    /// Chance to be in without the last resort.
    pub p_open: f64,
    /// Expected cost of one event, money and worth of time, CNY.
    pub expected_cost: f64,
    /// Expected time until the lock is open or the plan at its end, last resort included, hours.
    pub expected_time_h: f64,
    /// Time by which half, and by which nine in ten, are in, hours; `None` where so many never are (those refused).
    pub t50_h: Option<f64>,
    /// See `t50_h`.
    pub t90_h: Option<f64>,
    /// The order in which the source text names the solutions.
    pub stated_order: Vec<String>,
    /// Expected cost of following it to its end, CNY.
    pub stated_order_cost: f64,
    /// Chance to be in against time.
    pub access: Vec<AccessPoint>,
    /// Every way the plan can end; the probabilities sum to 1.
    pub endings: Vec<Ending>,
    /// Whether forcing pays, where the design has it and the cause allows it.
    pub force: Option<ForceReport>,
    /// What makes every solution of the plan fail together, by event.
    pub importance: Vec<Importance>,
}

/// Whether forcing pays against one cause, before anything else is tried.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ForceReport {
    /// Expected cost without force, CNY.
    pub without_force: f64,
    /// Expected cost of going on with a seized lock, CNY.
    pub seized: f64,
    /// Cost of the forced attempt, damage and time included, CNY.
    pub attempt: f64,
    /// Its chance to open.
    pub p_opens: f64,
    /// Its chance to seize the lock when it fails.
    pub p_seize: f64,
    /// Chance to seize above which it does not pay; negative: it never pays; none: seizing is free.
    pub p_seize_break_even: Option<f64>,
}

/// Expected loss a year.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AnnualLoss {
    /// Mean, range and figure of the files, CNY per year.
    #[serde(flatten)]
    pub total: Estimate,
    /// Mean of the parts.
    pub parts: Loss,
}

/// One number of the files, echoed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// Part of the file and path of the field.
    pub key: String,
    /// Its figure.
    pub value: f64,
    /// Lower figure.
    pub low: Option<f64>,
    /// Upper figure.
    pub high: Option<f64>,
    /// What kind of evidence it is.
    pub mark: Mark,
    /// Where it comes from.
    pub source: String,
}

/// How the annual loss moves when one number goes from its 5 % to its 95 % point.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swing {
    /// The number.
    pub key: String,
    /// Annual loss at its 5 % point, the others at their figures, CNY.
    pub at_low: f64,
    /// Annual loss at its 95 % point, CNY.
    pub at_high: f64,
}

/// Independence of the spares and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SpareVerdict {
    /// The spares open nothing but themselves.
    pub independent: bool,
    /// Settings that open beyond the main code.
    pub added_openings: f64,
    /// Who says so.
    pub from: Origin,
}

/// The emergency analysis of one design in one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmergencyReport {
    /// The design.
    pub design: String,
    /// The scenario.
    pub scenario: String,
    /// Lock-outs per year by cause (`authorise_other`: uses, not lock-outs).
    pub rates_per_year: BTreeMap<Cause, Rate>,
    /// Lock-outs per year by all causes.
    pub lockouts_per_year: Estimate,
    /// By cause and solution.
    pub success: BTreeMap<Cause, BTreeMap<String, Success>>,
    /// By cause.
    pub plan: BTreeMap<Cause, PlanReport>,
    /// Unauthorised openings per year by route.
    pub exposure_per_year: BTreeMap<Route, Estimate>,
    /// Expected loss, CNY per year.
    pub annual_loss: AnnualLoss,
    /// Place among the designs compared, 1 = least mean loss.
    pub rank: usize,
    /// Share of the samples in which it has the least loss.
    pub p_best: f64,
    /// Price with all its solutions, CNY.
    pub price_cny: f64,
    /// What each solution is worth.
    pub solution_values: Vec<SolutionValue>,
    /// Independence of its spare combinations, if it has any.
    pub spares: Option<SpareVerdict>,
    /// Numbers whose uncertainty moves the loss most, widest first.
    pub sensitivity: Vec<Swing>,
    /// Every number it rests on.
    pub assumptions: Vec<Assumption>,
    /// Warnings found on the way.
    pub warnings: Vec<Finding>,
}

/// Worth of knowing one number before choosing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WorthKnowing {
    /// The number.
    pub key: String,
    /// Expected loss saved, CNY per year.
    pub evppi: f64,
}

/// Designs compared under one scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The scenario.
    pub scenario: String,
    /// Unit of all money.
    pub currency: &'static str,
    /// Seed of the samples.
    pub seed: u64,
    /// Number of samples of the uncertain parameters.
    pub samples: u64,
    /// The designs, in the order given.
    pub designs: Vec<EmergencyReport>,
    /// `p_better[a][b]`: share of the samples in which a has less loss than b.
    pub p_better: Vec<Vec<f64>>,
    /// `rank_shares[a][r]`: share of random weightings of access loss, exposure and price (one per
    /// sample) in which design a takes place r + 1.
    pub rank_shares: Vec<Vec<f64>>,
    /// Worth of perfect knowledge before choosing, CNY per year.
    pub evpi: f64,
    /// Worth of knowing each uncertain number, most first; numbers worth nothing left out.
    pub evppi: Vec<WorthKnowing>,
    /// TOPSIS closeness at equal weights (secondary: see `ranking`).
    pub topsis: Vec<f64>,
    /// PROMETHEE II net flow at equal weights (secondary).
    pub promethee: Vec<f64>,
    /// Designs with any of their solutions that no other beats in access loss, exposure and price.
    pub frontier: Vec<Choice>,
}
