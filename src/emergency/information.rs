//! What knowing more would be worth before choosing: EVPI and EVPPI.
//!
//! * What: expected loss saved by choosing with perfect knowledge of everything (EVPI) or of one
//!   number (EVPPI).
//! * Model: `EVPI = min_d E[L_d] − E[min_d L_d]`; `EVPPI_θ = min_d E[L_d] − E_θ[min_d E[L_d | θ]]`,
//!   the samples sorted into strata of θ's own uniform luck; in each stratum the design is chosen
//!   on one half of the samples and its loss taken on the other half, and the other way round.
//! * Assumptions: 100 samples a stratum, at most 20 strata; choosing and judging on different
//!   samples errs on the low side, so that a number worth nothing shows 0 and not its noise.
//! * Reference: Raiffa & Schlaifer 1961; strata from one set of samples after Strong & Oakley 2013.
//! * Checked by: `knowing_one_number_is_worth_no_more_than_knowing_all`,
//!   `the_value_of_information_meets_its_closed_form`.

use crate::math::sum;

/// Mean of the least loss: EVPI, from `losses[sample][design]`.
#[must_use]
pub fn evpi(losses: &[Vec<f64>]) -> f64 {
    let n = losses.len() as f64;
    let least = sum(losses.iter().map(|row| min(row.iter().copied()))) / n;
    (least_mean(losses) - least).max(0.0)
}

/// Value of knowing the number whose luck in each sample is `luck`.
#[must_use]
pub fn evppi(losses: &[Vec<f64>], luck: &[f64]) -> f64 {
    let strata = (losses.len() / 100).clamp(1, 20);
    let mut members = vec![[Vec::new(), Vec::new()]; strata];
    for (i, u) in luck.iter().enumerate() {
        let stratum = ((u * strata as f64) as usize).min(strata - 1);
        let [even, odd] = &mut members[stratum];
        let half = if even.len() <= odd.len() { even } else { odd };
        half.push(i);
    }
    let informed = members.iter().flat_map(|[a, b]| {
        let (by_a, by_b) = (choice(losses, a), choice(losses, b));
        let judged = b.iter().map(move |i| losses[*i][by_a]);
        judged.chain(a.iter().map(move |i| losses[*i][by_b]))
    });
    let least = sum(informed) / losses.len() as f64;
    (least_mean(losses) - least).clamp(0.0, evpi(losses))
}

/// The design of least total loss over the samples `of`; the overall best where there are none.
fn choice(losses: &[Vec<f64>], of: &[usize]) -> usize {
    let designs = losses.first().map_or(0, Vec::len);
    let total = |d: usize| {
        if of.is_empty() {
            sum(losses.iter().map(|row| row[d]))
        } else {
            sum(of.iter().map(|i| losses[*i][d]))
        }
    };
    let totals: Vec<f64> = (0..designs).map(total).collect();
    let best = totals.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(d, _)| d)
}

fn least_mean(losses: &[Vec<f64>]) -> f64 {
    let n = losses.len() as f64;
    let designs = losses.first().map_or(0, Vec::len);
    min((0..designs).map(|d| sum(losses.iter().map(|row| row[d])) / n))
}

fn min(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::INFINITY, f64::min)
}
