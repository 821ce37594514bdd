//! Codes as people choose them: a list of the likely ones, and draws.
//!
//! *What*: the codes that a guesser tries first, and codes of owners who choose by habit. *Model*: the
//! mixture of [`super::prior::Chosen`]. *Assumptions*: those of the prior. *Reference*: `priors.json`. *Checked
//! by*: `tests/it/laws/attacks.rs` (the list's chances and the share of draws agree).

use rand::{Rng, RngExt};

use super::code_set::CodeSet;
use super::input::KeyspaceInput;
use super::mark::Code;
use super::prior::Habit;
use super::rule_set::obeys;
use super::rules::no_dates::NoDates;
use super::space::too_large;
use crate::finding::Finding;

/// Most draws until a code of a habit is found.
const DRAWS_MAX: u32 = 1_000_000;
/// Multiples of five are listed on dials with at most so many settings of them.
const FIVES_MAX: u64 = 200_000;

/// How owners of one kind of lock choose codes.
#[derive(Debug, Clone)]
pub struct Chooser {
    habits: Vec<Habit>,
    factory: Vec<Code>,
    favourites: Vec<Code>,
    dates: Option<NoDates>,
}

impl Chooser {
    /// Choosing among the allowed codes of `input` by its habits, or by the shipped table's where it
    /// states none.
    ///
    /// # Errors
    /// A finding at `/rules` where the rules need too many states.
    pub fn new(input: &KeyspaceInput, codes: &CodeSet) -> Result<Self, Finding> {
        let chosen = input.chosen.clone().unwrap_or_default();
        let (rules, places) = (input.space.rules(), codes.places());
        let prior = chosen
            .prior(rules, places, &codes.len())
            .map_err(too_large)?;
        let [factory, favourites] = chosen.lists(rules, places);
        let orders = chosen.orders(input.space.dial());
        Ok(Self {
            habits: prior.habits,
            factory,
            favourites,
            dates: (!orders.is_empty()).then_some(NoDates { orders }),
        })
    }

    /// A code of an owner; `None` where nothing is allowed.
    pub fn draw<R: Rng + ?Sized>(&self, codes: &CodeSet, rng: &mut R) -> Option<Vec<u32>> {
        let mut at = rng.random::<f64>();
        let habit = self.habits.iter().find(|h| {
            at -= h.weight_in_force;
            at < 0.0
        });
        let pick = |list: &[Code], rng: &mut R| {
            let last = list.len().checked_sub(1)?;
            list.get(rng.random_range(0..=last)).map(|c| c.0.clone())
        };
        let until = |wanted: &dyn Fn(&[u32]) -> bool, rng: &mut R| {
            (0..DRAWS_MAX)
                .filter_map(|_| codes.sample(rng))
                .find(|code| wanted(code))
        };
        let drawn = match habit.map(|h| h.name) {
            Some("factory") => pick(&self.factory, rng),
            Some("favourites") => pick(&self.favourites, rng),
            Some("dates") => until(&|code| self.is_date(code, codes), rng),
            Some("multiples_of_five") => until(&is_fives, rng),
            _ => None,
        };
        drawn.or_else(|| codes.sample(rng))
    }

    /// The listed codes and the multiples of five with their chances, likeliest first.
    #[must_use]
    pub fn likely(&self, codes: &CodeSet) -> Vec<(Vec<u32>, f64)> {
        let listed = self.factory.iter().chain(&self.favourites);
        let mut all: Vec<Vec<u32>> = listed.map(|c| c.0.clone()).collect();
        all.extend(multiples_of_five(codes));
        all.sort();
        all.dedup();
        let chance = |code: Vec<u32>| {
            let p = self.chance(&code, codes);
            (code, p)
        };
        let mut likely: Vec<(Vec<u32>, f64)> = all.into_iter().map(chance).collect();
        likely.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        likely
    }

    /// The chance of `code` (allowed).
    #[must_use]
    pub fn chance(&self, code: &[u32], codes: &CodeSet) -> f64 {
        let belongs = |habit: &Habit| match habit.name {
            "factory" => self.factory.iter().any(|c| c.0 == code),
            "favourites" => self.favourites.iter().any(|c| c.0 == code),
            "dates" => self.is_date(code, codes),
            "multiples_of_five" => codes.places().marks() > 10 && is_fives(code),
            _ => true,
        };
        let shares = self.habits.iter().filter(|h| belongs(h));
        crate::math::sum(shares.map(|h| h.weight_in_force / h.codes.to_f64().max(1.0)))
    }

    fn is_date(&self, code: &[u32], codes: &CodeSet) -> bool {
        let dates = self.dates.as_ref();
        dates.is_some_and(|rule| !obeys(rule, codes.places(), code))
    }
}

fn is_fives(code: &[u32]) -> bool {
    code.iter().all(|n| n.is_multiple_of(5))
}

/// The allowed codes made of multiples of five, where they can be listed.
fn multiples_of_five(codes: &CodeSet) -> Vec<Vec<u32>> {
    let (marks, wheels) = (codes.places().marks(), codes.places().wheels());
    let each = u64::from(marks.div_ceil(5));
    let power = u32::try_from(wheels).unwrap_or(u32::MAX);
    if marks <= 10 || each.checked_pow(power).is_none_or(|n| n > FIVES_MAX) {
        return Vec::new();
    }
    let mut lists: Vec<Vec<u32>> = vec![Vec::new()];
    for _ in 0..wheels {
        let longer = |code: Vec<u32>| {
            (0..marks).step_by(5).map(move |n| {
                let mut next = code.clone();
                next.push(n);
                next
            })
        };
        lists = lists.into_iter().flat_map(longer).collect();
    }
    lists.retain(|code| codes.contains(code));
    lists
}
