//! How people choose codes: a mixture of habits, restricted to the allowed codes.
//!
//! *What*: the distribution over codes that a guesser assumes. *Model*: with some weight the
//! factory code is left, a date, a published favourite or multiples of five are set, otherwise an
//! allowed code is drawn uniformly; within each habit its allowed codes are equally likely, and
//! the weight of a habit without allowed codes goes to the uniform rest. *Assumptions*: all
//! weights except the factory share are assumptions, marked so in `priors.json`. *Reference*:
//! sources in `priors.json`. *Checked by*: `the_prior_agrees_with_a_list_of_all_codes`.

use std::sync::Arc;

use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::automaton::{TooLarge, count};
use super::count::Count;
use super::guess::{Distribution, Group};
use super::mark::Code;
use super::place::Places;
use super::rule_set::{RuleSet, obeys};
use super::rules::no_dates::NoDates;
use super::rules::not_all_multiples_of::NotAllMultiplesOf;
use super::rules::{Dial, Rule};
use super::spare::code_fault;
use crate::finding::Finding;

const TABLE: &str = include_str!("priors.json");

/// How codes are chosen, where they are not drawn uniformly. Absent weights and lists are the
/// table's; the weights left over belong to the uniform rest.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Chosen {
    /// Share of locks left on a factory code.
    pub factory: Option<f64>,
    /// Share of dates.
    pub dates: Option<f64>,
    /// Share of published favourites.
    pub favourites: Option<f64>,
    /// Share of codes made of multiples of five.
    pub multiples_of_five: Option<f64>,
    /// The factory codes of this lock.
    pub factory_codes: Option<Vec<Code>>,
    /// Favourite codes.
    pub favourite_codes: Option<Vec<Code>>,
    /// Orders of dates, as in the rule `no_dates`.
    pub date_orders: Option<Vec<String>>,
}

/// One habit in a prior.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Habit {
    /// `factory`, `dates`, `favourites`, `multiples_of_five` or `rest`.
    pub name: &'static str,
    /// Its weight as stated.
    pub weight: f64,
    /// Its weight in force: 0 where none of its codes is allowed, the rest gains it.
    pub weight_in_force: f64,
    /// Allowed codes that belong to it.
    pub codes: Count,
    /// C where the source was read, `assumption`, or `stated` where the design gives the weight.
    pub mark: String,
    /// Where the weight is from.
    pub source: String,
}

/// A prior over the allowed codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// The habits, the uniform rest last.
    pub habits: Vec<Habit>,
    /// The distribution.
    pub distribution: Distribution,
}

#[derive(Debug, Deserialize)]
struct Table {
    weights: Weights,
    factory_codes: Vec<CodesOf>,
    favourite_codes: Vec<CodesOf>,
}

#[derive(Debug, Deserialize)]
struct Weights {
    factory: Weight,
    dates: Weight,
    favourites: Weight,
    multiples_of_five: Weight,
}

#[derive(Debug, Deserialize)]
struct Weight {
    weight: f64,
    mark: String,
    source: String,
}

#[derive(Debug, Deserialize)]
struct CodesOf {
    marks: u32,
    codes: Vec<Code>,
}

fn table() -> Table {
    serde_json::from_str(TABLE).expect("the table is part of the program and tested")
}

fn codes_for(lists: &[CodesOf], dial: Dial) -> Vec<Code> {
    let here = lists.iter().filter(|l| l.marks == dial.marks);
    here.flat_map(|l| &l.codes)
        .filter(|code| code_fault(code, dial).is_none())
        .cloned()
        .collect()
}

/// The usual orders of dates on such a lock; none where a date does not fit.
#[must_use]
pub fn date_orders(dial: Dial) -> Vec<String> {
    let orders: &[&str] = match (dial.marks, dial.wheels) {
        (10, 4) => &["ddmm", "mmdd"],
        (10, 6) => &["ddmmyy", "mmddyy", "yymmdd"],
        (10, 8) => &["ddmmyyyy", "mmddyyyy", "yyyymmdd"],
        (32.., 2) => &["dm", "md"],
        (32.., 3) => &["dmy", "mdy", "ymd"],
        _ => &[],
    };
    orders.iter().map(|&o| o.to_owned()).collect()
}

impl Chosen {
    /// What is wrong with the prior on this dial; pointers relative to it.
    #[must_use]
    pub fn check(&self, dial: Dial) -> Vec<Finding> {
        let error =
            |at: &str, message: String, hint: &str| Finding::error("WP413", at, message, hint);
        let mut found = Vec::new();
        let given = [
            ("/factory", self.factory),
            ("/dates", self.dates),
            ("/favourites", self.favourites),
            ("/multiples_of_five", self.multiples_of_five),
        ];
        for (at, weight) in given {
            if let Some(w) = weight.filter(|w| !(0.0..=1.0).contains(w)) {
                let message = format!("a weight of {w} is no share");
                found.push(error(at, message, "a number from 0 to 1"));
            }
        }
        let total: f64 = self.weights(&table()).iter().map(|(w, ..)| w).sum();
        if found.is_empty() && total > 1.0 + 1e-9 {
            let message = format!("the weights add up to {total}");
            found.push(error("", message, "weights that add up to at most 1"));
        }
        for (field, codes) in [
            ("factory_codes", &self.factory_codes),
            ("favourite_codes", &self.favourite_codes),
        ] {
            for (i, code) in codes.iter().flatten().enumerate() {
                if let Some((message, hint)) = code_fault(code, dial) {
                    let message = format!("code {code}: {message}");
                    found.push(error(&format!("/{field}/{i}"), message, &hint));
                }
            }
        }
        if let Some(orders) = self.date_orders.clone().filter(|o| !o.is_empty()) {
            let at = |f: Finding| Finding {
                at: f.at.replacen("/orders", "/date_orders", 1),
                ..f
            };
            found.extend(NoDates { orders }.check(dial).into_iter().map(at));
        }
        found
    }

    /// Weight, mark and source of the four habits in their order.
    fn weights(&self, table: &Table) -> [(f64, String, String); 4] {
        let of = |own: Option<f64>, other: &Weight| match own {
            Some(w) => (w, "stated".to_owned(), "the design".to_owned()),
            None => (other.weight, other.mark.clone(), other.source.clone()),
        };
        let w = &table.weights;
        [
            of(self.factory, &w.factory),
            of(self.dates, &w.dates),
            of(self.favourites, &w.favourites),
            of(self.multiples_of_five, &w.multiples_of_five),
        ]
    }

    /// The allowed factory codes and favourites, in order.
    pub(super) fn lists(&self, rules: &RuleSet, places: &Places) -> [Vec<Code>; 2] {
        let dial = Dial {
            marks: places.marks(),
            wheels: places.wheels(),
        };
        let table = table();
        let listed = |own: &Option<Vec<Code>>, lists: &[CodesOf]| {
            let mut codes = own.clone().unwrap_or_else(|| codes_for(lists, dial));
            codes.retain(|code| rules.broken_by(places, &code.0).is_empty());
            codes.sort();
            codes.dedup();
            codes
        };
        [
            listed(&self.factory_codes, &table.factory_codes),
            listed(&self.favourite_codes, &table.favourite_codes),
        ]
    }

    /// The orders in which a code is read as a date.
    pub(super) fn orders(&self, dial: Dial) -> Vec<String> {
        let own = self.date_orders.clone();
        own.unwrap_or_else(|| date_orders(dial))
    }

    /// The prior over the codes of `places` (whole marks) that obey `rules`, `allowed` in number
    /// (not 0).
    ///
    /// # Errors
    /// Where the rules need too many states.
    pub fn prior(
        &self,
        rules: &RuleSet,
        places: &Places,
        allowed: &Count,
    ) -> Result<Prior, TooLarge> {
        let dial = Dial {
            marks: places.marks(),
            wheels: places.wheels(),
        };
        let table = table();
        let [factory, favourites] = self.lists(rules, places);
        let orders = self.orders(dial);
        let classes = Classes::new(rules, places, allowed, orders)?;
        let sizes = [
            Count::from(factory.len() as u64),
            classes.dates(),
            Count::from(favourites.len() as u64),
            classes.fives(),
        ];
        let mut habits = self.habits(&table, sizes);
        let in_force: f64 = habits.iter().map(|h| h.weight_in_force).sum();
        let stated: f64 = habits.iter().map(|h| h.weight).sum();
        habits.push(Habit {
            name: "rest",
            weight: (1.0 - stated).max(0.0),
            weight_in_force: (1.0 - in_force).max(0.0),
            codes: allowed.clone(),
            mark: "computed".to_owned(),
            source: "what the habits leave, uniform over the allowed codes".to_owned(),
        });
        let p: Vec<f64> = habits
            .iter()
            .map(|h| h.weight_in_force / h.codes.to_f64().max(1.0))
            .collect();
        let distribution = classes.mix(&p, &factory, &favourites, places);
        Ok(Prior {
            habits,
            distribution,
        })
    }

    fn habits(&self, table: &Table, sizes: [Count; 4]) -> Vec<Habit> {
        let names = ["factory", "dates", "favourites", "multiples_of_five"];
        let rows = names.into_iter().zip(self.weights(table)).zip(sizes);
        rows.map(|((name, (weight, mark, source)), codes)| Habit {
            name,
            weight,
            weight_in_force: if codes.is_zero() { 0.0 } else { weight },
            codes,
            mark,
            source,
        })
        .collect()
    }
}

/// The allowed codes by whether they are dates and whether all numbers are multiples of five.
struct Classes {
    no_dates: Option<Arc<dyn Rule>>,
    no_fives: Option<Arc<dyn Rule>>,
    /// Sizes by `2 * date + fives`.
    sizes: [BigUint; 4],
}

impl Classes {
    fn new(
        rules: &RuleSet,
        places: &Places,
        allowed: &Count,
        orders: Vec<String>,
    ) -> Result<Self, TooLarge> {
        let no_dates: Option<Arc<dyn Rule>> =
            (!orders.is_empty()).then(|| Arc::new(NoDates { orders }) as Arc<dyn Rule>);
        // Multiples of five are a habit on numbered dials, not on ten digits.
        let no_fives: Option<Arc<dyn Rule>> =
            (places.marks() > 10).then(|| Arc::new(NotAllMultiplesOf { k: 5 }) as Arc<dyn Rule>);
        let with = |more: &[&Option<Arc<dyn Rule>>]| -> Result<BigUint, TooLarge> {
            let more: Vec<_> = more.iter().filter_map(|r| (*r).clone()).collect();
            if more.is_empty() {
                return Ok(allowed.0.clone());
            }
            let mut all = rules.rules();
            all.extend(more);
            Ok(count(&all, places)?.0)
        };
        let neither = with(&[&no_dates, &no_fives])?;
        let only_fives = with(&[&no_dates])? - &neither;
        let only_dates = with(&[&no_fives])? - &neither;
        let both = &allowed.0 - &neither - &only_fives - &only_dates;
        Ok(Self {
            no_dates,
            no_fives,
            sizes: [neither, only_fives, only_dates, both],
        })
    }

    fn dates(&self) -> Count {
        Count(&self.sizes[2] + &self.sizes[3])
    }

    fn fives(&self) -> Count {
        Count(&self.sizes[1] + &self.sizes[3])
    }

    fn class_of(&self, code: &Code, places: &Places) -> usize {
        let breaks = |rule: &Option<Arc<dyn Rule>>| {
            rule.as_ref()
                .is_some_and(|r| !obeys(r.as_ref(), places, &code.0))
        };
        2 * usize::from(breaks(&self.no_dates)) + usize::from(breaks(&self.no_fives))
    }

    /// The mixture; `p` is the probability of each code by factory, dates, favourites, fives, rest.
    fn mix(
        &self,
        p: &[f64],
        factory: &[Code],
        favourites: &[Code],
        places: &Places,
    ) -> Distribution {
        let of_class = |class: usize| {
            let date = if class >= 2 { p[1] } else { 0.0 };
            let fives = if class % 2 == 1 { p[3] } else { 0.0 };
            p[4] + date + fives
        };
        let mut sizes = self.sizes.clone();
        let mut listed: Vec<&Code> = factory.iter().chain(favourites).collect();
        listed.sort();
        listed.dedup();
        let mut groups = Vec::new();
        for code in listed {
            let class = self.class_of(code, places);
            sizes[class] -= 1_u32;
            let of = |list: &[Code], p: f64| if list.contains(code) { p } else { 0.0 };
            groups.push(Group {
                p_each: of_class(class) + of(factory, p[0]) + of(favourites, p[2]),
                count: Count::from(1_u64),
            });
        }
        for (class, size) in sizes.into_iter().enumerate() {
            groups.push(Group {
                p_each: of_class(class),
                count: Count(size),
            });
        }
        Distribution::new(groups)
    }
}
