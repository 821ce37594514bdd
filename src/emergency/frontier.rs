//! The frontier of loss against exposure and price: what no other choice beats in all three.

use serde::Serialize;

/// One choice: a design with some of its solutions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The design.
    pub design: String,
    /// The solutions it has.
    pub solutions: Vec<String>,
    /// Price, CNY.
    pub price_cny: f64,
    /// Unauthorised openings per year.
    pub exposure_per_year: f64,
    /// Loss by being locked out, CNY per year.
    pub access_loss_cny_per_year: f64,
    /// Expected annual loss, CNY per year: access, exposure and ownership.
    pub annual_loss_cny_per_year: f64,
    /// Whether the design has all the solutions of its file here.
    pub complete: bool,
}

impl Choice {
    fn criteria(&self) -> [f64; 3] {
        [
            self.access_loss_cny_per_year,
            self.exposure_per_year,
            self.price_cny,
        ]
    }

    /// Whether it is nowhere worse than `other` and somewhere better.
    #[must_use]
    pub fn beats(&self, other: &Self) -> bool {
        let (a, b) = (self.criteria(), other.criteria());
        let pairs = || a.iter().zip(&b);
        pairs().all(|(x, y)| x <= y) && pairs().any(|(x, y)| x < y)
    }
}

/// The choices that none of the others beats, in their order.
#[must_use]
pub fn frontier(choices: &[Choice]) -> Vec<Choice> {
    let free = |c: &&Choice| !choices.iter().any(|other| other.beats(c));
    choices.iter().filter(free).cloned().collect()
}
