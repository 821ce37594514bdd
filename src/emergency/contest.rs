//! Designs under one scenario with uncertain parameters: the same luck for all, sample by sample.
//!
//! A sample is a pure function of (seed, index), so that it does not matter who computes which;
//! [`Contest::finish`] takes the samples in the order of their index. [`Contest::run`] is the
//! sequential driver.

use super::model::Model;
use super::outcome::{Loss, Outcome};
use super::parameter::luck;
use super::prepare::Prepared;
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// Designs to be compared under one scenario.
#[derive(Debug)]
pub struct Contest {
    /// The designs, in the order given.
    pub designs: Vec<Prepared>,
    /// Keys of all uncertain numbers of all designs, sorted.
    pub uncertain: Vec<String>,
    places: Vec<Vec<Option<usize>>>,
}

/// One sample: the luck of every uncertain number and what each design came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Uniform numbers, in the order of [`Contest::uncertain`].
    pub luck: Vec<f64>,
    /// What each design came to.
    pub designs: Vec<SampleOutcome>,
}

/// What one design came to in one sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleOutcome {
    /// Rates per year, in the order of the model's causes.
    pub rates_per_year: Vec<f64>,
    /// Unauthorised openings per year, in the order of [`super::exposure::Route::ALL`].
    pub exposure_per_year: [f64; 6],
    /// Loss.
    pub loss: Loss,
}

impl From<Outcome> for SampleOutcome {
    fn from(o: Outcome) -> Self {
        Self {
            rates_per_year: o.causes.iter().map(|c| c.rate.value).collect(),
            exposure_per_year: o.exposure_per_year,
            loss: o.loss,
        }
    }
}

impl Contest {
    /// Prepares the models; they must share one scenario.
    ///
    /// # Errors
    /// [`Error::NotApplicable`] for no design or different scenarios; [`Error::OutOfRange`] where a
    /// decision diagram grows beyond its bound.
    pub fn new(models: Vec<Model>) -> Result<Self> {
        let scenarios: Vec<&str> = models.iter().map(|m| m.scenario.name.as_str()).collect();
        if scenarios.is_empty() || scenarios.iter().any(|s| *s != scenarios[0]) {
            return Err(Error::NotApplicable {
                what: "a comparison",
                to: format!("{} designs", scenarios.len()),
                why: "at least one design is needed, and all in the same scenario".to_owned(),
            });
        }
        let designs: Vec<Prepared> = models
            .into_iter()
            .map(Prepared::new)
            .collect::<Result<_>>()?;
        let mut index = BTreeMap::new();
        for p in designs.iter().flat_map(|d| d.model.parameters.list()) {
            if p.number.is_uncertain() {
                index.insert(p.key.clone(), 0_usize);
            }
        }
        index
            .values_mut()
            .enumerate()
            .for_each(|(i, place)| *place = i);
        let places = designs
            .iter()
            .map(|d| {
                let list = d.model.parameters.list();
                list.iter().map(|p| index.get(&p.key).copied()).collect()
            })
            .collect();
        Ok(Self {
            designs,
            uncertain: index.into_keys().collect(),
            places,
        })
    }

    /// Sample number `sample` under `seed`: the same on every machine.
    #[must_use]
    pub fn sample(&self, seed: u64, sample: u64) -> Sample {
        let lucks: Vec<f64> = self
            .uncertain
            .iter()
            .map(|key| luck(seed, sample, key))
            .collect();
        let designs = self
            .designs
            .iter()
            .zip(&self.places)
            .map(|(d, places)| {
                let values = d
                    .model
                    .parameters
                    .at_luck(|i| places[i].map(|place| lucks[place]));
                d.evaluate(&values).into()
            })
            .collect();
        Sample {
            luck: lucks,
            designs,
        }
    }

    /// Samples `0..samples`, one after the other.
    #[must_use]
    pub fn samples(&self, seed: u64, samples: u64) -> Vec<Sample> {
        (0..samples).map(|i| self.sample(seed, i)).collect()
    }
}
