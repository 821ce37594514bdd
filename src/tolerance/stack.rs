//! A function of several toleranced dimensions: worst case, RSS and Monte Carlo side by side.
//!
//! **What.** What the tolerances make of one result: its extremes, its spread, the share outside a
//! limit, and which dimension contributes how much.
//!
//! **Model.** Worst case: the extremes over the ends and nominals of the tolerance bands, found by
//! moving one dimension at a time (all corners too for at most 6 dimensions). RSS: central
//! differences at the means, `σ² = Σ (∂f/∂x_i σ_i)²`, limits at ±3σ. Monte Carlo: trials that depend on (seed,
//! trial) only. Contributions: of RSS `(∂f/∂x_i σ_i)²/σ²`; of Monte Carlo `Var E[f|x_i] / Var f`
//! (`stats/explained.rs`).
//!
//! **Assumptions.** Dimensions are independent. RSS holds for a linear function only; where it is
//! not linear (a max, a min), `is_linear` is false, and whoever reports it says so.
//!
//! **Reference.** Evans, "Statistical tolerancing" (*J. Quality Technology*, 1974–75); Saltelli et
//! al., *Global Sensitivity Analysis* (2008), 4.4.
//!
//! **Checked by.** `tests/it/laws/stack.rs` (linear: RSS and Monte Carlo agree; a max is reported).

use super::Dimension;
use super::spread::{Analysis, Effect, Rss, WorstCase};
use crate::math::cos;
use crate::rng::{Purpose, Stream, stream};
use crate::units::TURN_RAD;
use rand::RngExt;

/// How a dimension acts in the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acts {
    /// By its value.
    Straight,
    /// As an eccentricity in a random direction: by its value times a random cosine.
    Round,
}

/// A named dimension of a stack.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name in results.
    pub name: String,
    /// Its tolerance.
    pub dimension: Dimension,
    /// How it acts.
    pub acts: Acts,
}

/// A function of the values of dimensions, in their order.
pub type Function<'a> = Box<dyn Fn(&[f64]) -> f64 + Send + Sync + 'a>;

/// A function of named dimensions, with limits that it should keep.
pub struct Stack<'a> {
    /// Name of the function in results, unit included.
    pub name: &'static str,
    /// Its dimensions.
    pub parts: Vec<Part>,
    /// The function of their values, in order.
    pub function: Function<'a>,
    /// Lowest and highest value that works; infinite where there is no limit.
    pub limits: (f64, f64),
}

/// Most dimensions of which all corners are tried.
const ALL_CORNERS: usize = 6;

/// Largest deviation from linear that passes, as a share of the range.
const LINEAR_SHARE: f64 = 0.02;

impl Part {
    /// A dimension that acts by its value.
    #[must_use]
    pub fn straight(name: impl Into<String>, dimension: &Dimension) -> Self {
        Self {
            name: name.into(),
            dimension: dimension.clone(),
            acts: Acts::Straight,
        }
    }

    /// An eccentricity.
    #[must_use]
    pub fn round(name: impl Into<String>, dimension: &Dimension) -> Self {
        Self {
            name: name.into(),
            dimension: dimension.clone(),
            acts: Acts::Round,
        }
    }

    /// Mean of what acts.
    fn mean(&self) -> f64 {
        match self.acts {
            Acts::Straight => self.dimension.mean(),
            Acts::Round => 0.0,
        }
    }

    /// Standard deviation of what acts.
    fn sd(&self) -> f64 {
        let d = &self.dimension;
        match self.acts {
            Acts::Straight => d.sd(),
            Acts::Round => (0.5 * (d.mean().powi(2) + d.sd().powi(2))).sqrt(),
        }
    }

    /// Lowest and highest value of what acts within the band.
    fn band(&self) -> (f64, f64) {
        let d = &self.dimension;
        match self.acts {
            Acts::Straight => (d.nominal - d.minus, d.nominal + d.plus),
            Acts::Round => (-(d.nominal + d.plus), d.nominal + d.plus),
        }
    }

    fn sample(&self, rng: &mut Stream) -> f64 {
        let value = self.dimension.sample(rng);
        match self.acts {
            Acts::Straight => value,
            Acts::Round => value.max(0.0) * cos(TURN_RAD * rng.random::<f64>()),
        }
    }
}

impl Stack<'_> {
    /// The dimensions of a trial.
    #[must_use]
    pub fn draw(&self, seed: u64, trial: u64) -> Vec<f64> {
        let mut rng = stream(seed, trial, Purpose::Lock);
        self.parts.iter().map(|p| p.sample(&mut rng)).collect()
    }

    /// The function's value in a trial.
    #[must_use]
    pub fn trial(&self, seed: u64, trial: u64) -> f64 {
        (self.function)(&self.draw(seed, trial))
    }

    /// Value on nominal dimensions.
    #[must_use]
    pub fn nominal(&self) -> f64 {
        (self.function)(&self.nominals())
    }

    /// Worst case, RSS and whether RSS may be used.
    #[must_use]
    pub fn analyse(&self) -> Analysis {
        let slopes = self.slopes();
        let worst_case = self.worst_case(&slopes);
        let is_linear = self.is_linear(&slopes, worst_case);
        Analysis {
            worst_case,
            rss: self.rss(&slopes),
            is_linear,
            slopes,
        }
    }

    /// The function on nominal dimensions but for dimension `i`, which is `value`.
    fn with_one(&self, i: usize, value: f64) -> f64 {
        let mut at = self.nominals();
        at[i] = value;
        (self.function)(&at)
    }

    fn nominals(&self) -> Vec<f64> {
        let nominal = |p: &Part| match p.acts {
            Acts::Straight => p.dimension.nominal,
            Acts::Round => 0.0,
        };
        self.parts.iter().map(nominal).collect()
    }

    /// Slopes at the means over ±1 σ.
    fn slopes(&self) -> Vec<f64> {
        let mut at: Vec<f64> = self.parts.iter().map(Part::mean).collect();
        let slope = |(i, part): (usize, &Part)| {
            let (mid, step) = (at[i], part.sd());
            if step <= 0.0 {
                return 0.0;
            }
            at[i] = mid + step;
            let high = (self.function)(&at);
            at[i] = mid - step;
            let low = (self.function)(&at);
            at[i] = mid;
            (high - low) / (2.0 * step)
        };
        self.parts.iter().enumerate().map(slope).collect()
    }

    fn worst_case(&self, slopes: &[f64]) -> WorstCase {
        WorstCase {
            low: -self.extreme(slopes, -1.0),
            high: self.extreme(slopes, 1.0),
        }
    }

    /// The largest `sign · f` over the ends and nominals of the tolerance bands.
    fn extreme(&self, slopes: &[f64], sign: f64) -> f64 {
        let value = |at: &[f64]| sign * (self.function)(at);
        let bands: Vec<(f64, f64)> = self.parts.iter().map(Part::band).collect();
        let uphill = bands
            .iter()
            .zip(slopes)
            .map(|(b, s)| if s * sign > 0.0 { b.1 } else { b.0 });
        let climbed = self.climb(uphill.collect(), &bands, &value);
        let best = self.climb(self.nominals(), &bands, &value).max(climbed);
        if bands.len() > ALL_CORNERS {
            return best;
        }
        let corners = (0..1_u32 << bands.len()).map(|bits| {
            let pick = |(i, b): (usize, &(f64, f64))| if bits >> i & 1 == 0 { b.0 } else { b.1 };
            value(&bands.iter().enumerate().map(pick).collect::<Vec<f64>>())
        });
        corners.fold(best, f64::max)
    }

    /// The best value reached from `at` by moving one dimension at a time to an end or the nominal.
    fn climb(&self, mut at: Vec<f64>, bands: &[(f64, f64)], value: &dyn Fn(&[f64]) -> f64) -> f64 {
        let nominals = self.nominals();
        let mut best = value(&at);
        loop {
            let before = best;
            for (i, band) in bands.iter().enumerate() {
                for level in [band.0, nominals[i], band.1] {
                    let kept = at[i];
                    at[i] = level;
                    let moved = value(&at);
                    if moved > best {
                        best = moved;
                    } else {
                        at[i] = kept;
                    }
                }
            }
            if best <= before {
                return best;
            }
        }
    }

    fn rss(&self, slopes: &[f64]) -> Rss {
        let means: Vec<f64> = self.parts.iter().map(Part::mean).collect();
        let mean = (self.function)(&means);
        let squares = self
            .parts
            .iter()
            .zip(slopes)
            .map(|(p, s)| (s * p.sd()).powi(2));
        let sd = crate::math::sum(squares).sqrt();
        Rss {
            mean,
            sd,
            low: mean - 3.0 * sd,
            high: mean + 3.0 * sd,
        }
    }

    /// Whether the corners lie where the slopes put them.
    fn is_linear(&self, slopes: &[f64], worst: WorstCase) -> bool {
        let mids = self.parts.iter().map(|p| 0.5 * (p.band().0 + p.band().1));
        let mid = (self.function)(&mids.collect::<Vec<f64>>());
        let reach = self.parts.iter().zip(slopes).map(|(p, s)| {
            let (low, high) = p.band();
            s.abs() * 0.5 * (high - low)
        });
        let reach = crate::math::sum(reach);
        let allowed = LINEAR_SHARE * (worst.high - worst.low) + 1e-12;
        (worst.high - mid - reach).abs() <= allowed && (mid - reach - worst.low).abs() <= allowed
    }

    /// What each dimension does by itself.
    #[must_use]
    pub fn effects(&self, analysis: &Analysis) -> Vec<Effect> {
        let (slopes, sd) = (&analysis.slopes, analysis.rss.sd);
        let part = |(i, p): (usize, &Part)| {
            let (low, high) = p.band();
            Effect {
                dimension: p.name.clone(),
                slope: slopes[i],
                at_low: self.with_one(i, low),
                at_high: self.with_one(i, high),
                rss_share: if sd > 0.0 {
                    (slopes[i] * p.sd() / sd).powi(2)
                } else {
                    0.0
                },
            }
        };
        self.parts.iter().enumerate().map(part).collect()
    }
}
