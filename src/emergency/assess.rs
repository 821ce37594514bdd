//! From the samples of a contest to the comparison that is serialised.

use super::contest::{Contest, Sample};
use super::exposure::Route;
use super::frontier::{Choice, frontier};
use super::information::{evpi, evppi};
use super::outcome::{Loss, Outcome};
use super::parameter::luck;
use super::prepare::Prepared;
use super::ranking::{promethee, topsis};
use super::report::{
    AnnualLoss, Assumption, Comparison, EmergencyReport, Estimate, LEVEL, Rate, SpareVerdict,
    Swing, WorthKnowing,
};
use super::subset::{SubsetOutcome, all_subsets, solution_values};
use crate::math::{ln, sum};

impl Contest {
    /// Samples one after the other, then the comparison. Zero samples stand for the figures of the
    /// files alone.
    #[must_use]
    pub fn run(&self, seed: u64, samples: u64) -> Comparison {
        self.finish(seed, &self.samples(seed, samples))
    }

    /// The comparison from samples `0..n` in their order, however they were computed.
    #[must_use]
    pub fn finish(&self, seed: u64, samples: &[Sample]) -> Comparison {
        let nominal: Vec<Outcome> = self
            .designs
            .iter()
            .map(|d| d.evaluate(&d.nominal()))
            .collect();
        let stated;
        let drawn = if samples.is_empty() {
            stated = [Sample {
                luck: vec![0.5; self.uncertain.len()],
                designs: nominal.iter().cloned().map(Into::into).collect(),
            }];
            &stated[..]
        } else {
            samples
        };
        let losses: Vec<Vec<f64>> = drawn
            .iter()
            .map(|s| s.designs.iter().map(|d| d.loss.total()).collect())
            .collect();
        let subsets: Vec<Vec<SubsetOutcome>> = self.designs.iter().map(all_subsets).collect();
        let mut reports: Vec<EmergencyReport> = (0..self.designs.len())
            .map(|d| self.report(d, &nominal[d], drawn, &subsets[d]))
            .collect();
        place(&mut reports, &losses);
        let criteria: Vec<Vec<f64>> = reports.iter().map(criteria).collect();
        let choices: Vec<Choice> = (0..self.designs.len())
            .flat_map(|d| choices(&self.designs[d], &subsets[d]))
            .collect();
        Comparison {
            scenario: self.designs[0].model.scenario.name.clone(),
            currency: "CNY",
            seed,
            samples: samples.len() as u64,
            p_better: p_better(&losses),
            rank_shares: rank_shares(seed, drawn, &reports),
            evpi: evpi(&losses),
            evppi: self.worth_knowing(drawn, &losses),
            topsis: topsis(&criteria, &[1.0; 3]),
            promethee: promethee(&criteria, &[1.0; 3]),
            frontier: frontier(&choices),
            designs: reports,
        }
    }

    fn report(
        &self,
        d: usize,
        nominal: &Outcome,
        drawn: &[Sample],
        subsets: &[SubsetOutcome],
    ) -> EmergencyReport {
        let (design, model) = (&self.designs[d], &self.designs[d].model);
        let mine = || drawn.iter().map(|s| &s.designs[d]);
        let rates_per_year = nominal.causes.iter().enumerate().map(|(c, o)| {
            let e = estimate(mine().map(|s| s.rates_per_year[c]), o.rate.value);
            let Estimate {
                value,
                low,
                high,
                level,
                nominal,
                ..
            } = e;
            (
                o.cause,
                Rate {
                    value,
                    low,
                    high,
                    level,
                    nominal,
                    from: o.rate.from,
                },
            )
        });
        let lockouts = mine().map(|s| {
            let rates = s.rates_per_year.iter().zip(&nominal.causes);
            sum(rates
                .filter(|(_, c)| c.cause.is_emergency())
                .map(|(r, _)| *r))
        });
        let exposure = Route::ALL.into_iter().enumerate().map(|(r, route)| {
            let each = mine().map(|s| s.exposure_per_year[r]);
            (route, estimate(each, nominal.exposure_per_year[r]))
        });
        let total = mine().map(|s| s.loss.total());
        let (success, plan) = super::plan::plans(design);
        EmergencyReport {
            design: model.design.name.clone(),
            scenario: model.scenario.name.clone(),
            rates_per_year: rates_per_year.collect(),
            lockouts_per_year: estimate(lockouts, nominal.lockouts_per_year()),
            success,
            plan,
            exposure_per_year: exposure.collect(),
            annual_loss: AnnualLoss {
                total: estimate(total, nominal.loss.total()),
                parts: mean_loss(mine().map(|s| s.loss)),
            },
            rank: 0,
            p_best: 0.0,
            price_cny: subsets.last().map_or(0.0, |s| s.price_cny),
            solution_values: solution_values(design, subsets),
            spares: spares(design),
            sensitivity: swings(design),
            assumptions: assumptions(design),
            warnings: model.warnings.clone(),
        }
    }

    fn worth_knowing(&self, drawn: &[Sample], losses: &[Vec<f64>]) -> Vec<WorthKnowing> {
        let mut list: Vec<WorthKnowing> = self
            .uncertain
            .iter()
            .enumerate()
            .map(|(k, key)| {
                let column: Vec<f64> = drawn.iter().map(|s| s.luck[k]).collect();
                WorthKnowing {
                    key: key.clone(),
                    evppi: evppi(losses, &column),
                }
            })
            .filter(|w| w.evppi > 0.0)
            .collect();
        list.sort_by(|a, b| b.evppi.total_cmp(&a.evppi).then_with(|| a.key.cmp(&b.key)));
        list
    }
}

fn estimate(samples: impl Iterator<Item = f64>, nominal: f64) -> Estimate {
    let mut sorted: Vec<f64> = samples.collect();
    let value = sum(sorted.iter().copied()) / sorted.len() as f64;
    sorted.sort_by(f64::total_cmp);
    let at = |p: f64| quantile(&sorted, p);
    let tail = (1.0 - LEVEL) / 2.0;
    Estimate {
        value,
        low: at(tail),
        median: at(0.5),
        high: at(1.0 - tail),
        level: LEVEL,
        nominal,
    }
}

/// Type 7 quantile of sorted values.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let h = p * (sorted.len() - 1) as f64;
    let low = h.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (h - low as f64) * (sorted[high] - sorted[low])
}

fn mean_loss(samples: impl Iterator<Item = Loss>) -> Loss {
    let all: Vec<Loss> = samples.collect();
    let mean = |part: fn(&Loss) -> f64| sum(all.iter().map(part)) / all.len() as f64;
    Loss {
        access_cny_per_year: mean(|l| l.access_cny_per_year),
        exposure_cny_per_year: mean(|l| l.exposure_cny_per_year),
        ownership_cny_per_year: mean(|l| l.ownership_cny_per_year),
    }
}

/// Fills in rank and share of samples won.
fn place(reports: &mut [EmergencyReport], losses: &[Vec<f64>]) {
    let means: Vec<f64> = reports.iter().map(|r| r.annual_loss.total.value).collect();
    for (d, report) in reports.iter_mut().enumerate() {
        let ahead = |o: usize| means[o] < means[d] || (means[o] <= means[d] && o < d);
        report.rank = 1 + (0..means.len()).filter(|&o| o != d && ahead(o)).count();
        let wins = losses.iter().filter(|row| best_of(row) == d).count();
        report.p_best = wins as f64 / losses.len() as f64;
    }
}

fn best_of(row: &[f64]) -> usize {
    let least = row.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
    least.map_or(0, |(d, _)| d)
}

fn p_better(losses: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let designs = losses.first().map_or(0, Vec::len);
    let share = |a: usize, b: usize| {
        losses.iter().filter(|row| row[a] < row[b]).count() as f64 / losses.len() as f64
    };
    (0..designs)
        .map(|a| (0..designs).map(|b| share(a, b)).collect())
        .collect()
}

/// Access loss, exposure and price of a report: what the secondary scores weigh.
fn criteria(r: &EmergencyReport) -> Vec<f64> {
    let exposure = sum(r.exposure_per_year.values().map(|e| e.value));
    vec![
        r.annual_loss.parts.access_cny_per_year,
        exposure,
        r.price_cny,
    ]
}

/// Places under random weights, uniform over all weightings of the three criteria, each criterion
/// taken relative to its mean over the designs.
fn rank_shares(seed: u64, drawn: &[Sample], reports: &[EmergencyReport]) -> Vec<Vec<f64>> {
    let n = reports.len();
    let mut shares = vec![vec![0.0; n]; n];
    for (i, sample) in drawn.iter().enumerate() {
        let rows: Vec<[f64; 3]> = sample
            .designs
            .iter()
            .zip(reports)
            .map(|(d, r)| {
                [
                    d.loss.access_cny_per_year,
                    sum(d.exposure_per_year),
                    r.price_cny,
                ]
            })
            .collect();
        let weight: Vec<f64> = (0..3)
            .map(|j| -ln(luck(seed, i as u64, &format!("weights/{j}"))))
            .collect();
        let mean = |j: usize| sum(rows.iter().map(|r| r[j])) / n as f64;
        let score: Vec<f64> = rows
            .iter()
            .map(|r| sum((0..3).map(|j| weight[j] * r[j] / mean(j).max(f64::MIN_POSITIVE))))
            .collect();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| score[*a].total_cmp(&score[*b]).then(a.cmp(b)));
        for (rank, d) in order.into_iter().enumerate() {
            shares[d][rank] += 1.0 / drawn.len() as f64;
        }
    }
    shares
}

fn choices(design: &Prepared, subsets: &[SubsetOutcome]) -> Vec<Choice> {
    let solutions = &design.model.design.solutions;
    subsets
        .iter()
        .map(|s| Choice {
            design: design.model.design.name.clone(),
            solutions: super::order::members(s.solutions)
                .map(|i| solutions[i].name.clone())
                .collect(),
            price_cny: s.price_cny,
            exposure_per_year: s.outcome.exposed_per_year(),
            access_loss_cny_per_year: s.outcome.loss.access_cny_per_year,
            annual_loss_cny_per_year: s.outcome.loss.total(),
            complete: s.solutions.count_ones() as usize == solutions.len(),
        })
        .collect()
}

fn spares(design: &Prepared) -> Option<SpareVerdict> {
    let values = design.nominal();
    let given = design.model.given(&values);
    let mut all = design.model.design.solutions.iter();
    all.find_map(|s| s.kind.0.spare_verdict(&given))
}

/// How the loss moves with each uncertain number, widest first.
fn swings(design: &Prepared) -> Vec<Swing> {
    let values = design.nominal();
    let loss = |i: usize, value: f64| design.evaluate(&values.with(i, value)).loss.total();
    let list = design.model.parameters.list();
    let uncertain = list
        .iter()
        .enumerate()
        .filter(|(_, p)| p.number.is_uncertain());
    let mut swings: Vec<Swing> = uncertain
        .map(|(i, p)| Swing {
            key: p.key.clone(),
            at_low: loss(i, p.number.quantile(0.05, p.scale)),
            at_high: loss(i, p.number.quantile(0.95, p.scale)),
        })
        .collect();
    let width = |s: &Swing| (s.at_high - s.at_low).abs();
    swings.sort_by(|a, b| {
        width(b)
            .total_cmp(&width(a))
            .then_with(|| a.key.cmp(&b.key))
    });
    swings
}

fn assumptions(design: &Prepared) -> Vec<Assumption> {
    let list = design.model.parameters.list();
    list.iter()
        .map(|p| Assumption {
            key: p.key.clone(),
            value: p.number.value,
            low: p.number.low,
            high: p.number.high,
            mark: p.number.mark,
            source: p.number.source.clone(),
        })
        .collect()
}

impl Prepared {
    /// Outcomes with one number (by its key) at each of `values`, the rest at their figures; none
    /// where there is no number of that key. For curves against a parameter.
    #[must_use]
    pub fn sweep_number(&self, key: &str, values: &[f64]) -> Option<Vec<Outcome>> {
        let list = self.model.parameters.list();
        let place = list.iter().position(|p| p.key == key)?;
        let nominal = self.nominal();
        let outcomes = values
            .iter()
            .map(|v| self.evaluate(&nominal.with(place, *v)));
        Some(outcomes.collect())
    }
}
