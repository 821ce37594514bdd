//! Multi-criteria scores as a secondary view: TOPSIS and PROMETHEE II.
//!
//! * What: scores over several criteria, all of them costs (less is better).
//! * Model: TOPSIS on vector-normalised columns, closeness `d⁻/(d⁺ + d⁻)`; PROMETHEE II net flow
//!   with the linear preference function over the range of the column.
//! * Assumptions: weights are the reader's taste; the two methods may disagree, which is why the
//!   expected loss ranks and these do not.
//! * Reference: Hwang & Yoon 1981; Brans & Vincke 1985.
//! * Checked by: `a_design_better_in_everything_leads_both_scores`.

/// TOPSIS closeness of every row, in `[0, 1]`, higher is better; 0.5 where all rows are equal.
#[must_use]
pub fn topsis(rows: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let columns = weights.len();
    let norm: Vec<f64> = (0..columns)
        .map(|j| rows.iter().map(|r| r[j] * r[j]).sum::<f64>().sqrt())
        .collect();
    let at = |r: &[f64], j: usize| {
        if norm[j] > 0.0 {
            weights[j] * r[j] / norm[j]
        } else {
            0.0
        }
    };
    let end = |pick: fn(f64, f64) -> f64, from: f64| -> Vec<f64> {
        (0..columns)
            .map(|j| rows.iter().map(|r| at(r, j)).fold(from, pick))
            .collect()
    };
    let (best, worst) = (
        end(f64::min, f64::INFINITY),
        end(f64::max, f64::NEG_INFINITY),
    );
    let distance = |r: &[f64], to: &[f64]| {
        (0..columns)
            .map(|j| (at(r, j) - to[j]).powi(2))
            .sum::<f64>()
            .sqrt()
    };
    rows.iter()
        .map(|r| {
            let (up, down) = (distance(r, &best), distance(r, &worst));
            if up + down > 0.0 {
                down / (up + down)
            } else {
                0.5
            }
        })
        .collect()
}

/// PROMETHEE II net flow of every row, in `[-1, 1]`, higher is better.
#[must_use]
pub fn promethee(rows: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let range: Vec<f64> = (0..weights.len())
        .map(|j| {
            let column = || rows.iter().map(|r| r[j]);
            column().fold(f64::NEG_INFINITY, f64::max) - column().fold(f64::INFINITY, f64::min)
        })
        .collect();
    let preference = |a: &[f64], b: &[f64]| -> f64 {
        let each = weights.iter().enumerate().map(|(j, w)| {
            let gain = b[j] - a[j];
            if gain > 0.0 { w * gain / range[j] } else { 0.0 }
        });
        each.sum::<f64>() / total
    };
    let others = (rows.len().max(2) - 1) as f64;
    rows.iter()
        .map(|a| {
            rows.iter()
                .map(|b| preference(a, b) - preference(b, a))
                .sum::<f64>()
                / others
        })
        .collect()
}
