//! Fault trees: how events combine to the failure of a solution.
//!
//! A file names events and gates; [`Tree`] turns names into [`Expr`] over numbered leaves, each
//! leaf with the formula of its probability. Leaves of equal name are one leaf: that is how causes
//! are shared between solutions.

use super::event::EventSpec;
use super::given::Given;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A named combination of events and other gates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum GateSpec {
    /// At least one of these.
    Any(Vec<String>),
    /// All of these.
    All(Vec<String>),
    /// At least `k` of these.
    AtLeast {
        /// How many.
        k: usize,
        /// Of which.
        of: Vec<String>,
    },
}

impl GateSpec {
    /// The names this gate refers to.
    #[must_use]
    pub fn members(&self) -> &[String] {
        match self {
            Self::Any(of) | Self::All(of) | Self::AtLeast { of, .. } => of,
        }
    }
}

/// A monotone Boolean expression over numbered leaves; true means failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// Never fails.
    Never,
    /// Always fails.
    Always,
    /// A basic event by its number.
    Leaf(usize),
    /// At least one.
    Any(Vec<Expr>),
    /// All.
    All(Vec<Expr>),
    /// At least that many.
    AtLeast(usize, Vec<Expr>),
}

impl Expr {
    /// The value under an assignment of the leaves.
    #[must_use]
    pub fn is_true(&self, leaves: &dyn Fn(usize) -> bool) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Leaf(i) => leaves(*i),
            Self::Any(of) => of.iter().any(|e| e.is_true(leaves)),
            Self::All(of) => of.iter().all(|e| e.is_true(leaves)),
            Self::AtLeast(k, of) => of.iter().filter(|e| e.is_true(leaves)).count() >= *k,
        }
    }

    /// Whether it fails whatever happens, as written (constants folded).
    #[must_use]
    pub fn is_always(&self) -> bool {
        match self {
            Self::Always => true,
            Self::Any(of) => of.iter().any(Self::is_always),
            Self::All(of) => of.iter().all(Self::is_always),
            Self::AtLeast(k, of) => of.iter().filter(|e| e.is_always()).count() >= *k,
            Self::Never | Self::Leaf(_) => false,
        }
    }
}

/// The formula of a leaf's probability.
pub type Chance = Arc<dyn Fn(&Given) -> f64 + Send + Sync>;

/// A numbered basic event.
#[derive(Clone)]
pub struct Leaf {
    /// Its name: that of the file, or `solution.what` where a solution made it.
    pub name: String,
    /// Its probability.
    pub chance: Chance,
}

impl fmt::Debug for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Leaf")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Collects the leaves of all expressions of one design in one scenario.
#[derive(Debug)]
pub struct Tree<'a> {
    events: [&'a BTreeMap<String, EventSpec>; 2],
    gates: &'a BTreeMap<String, GateSpec>,
    leaves: Vec<Leaf>,
    places: BTreeMap<String, usize>,
}

impl<'a> Tree<'a> {
    /// A tree over the events of the design and of the scenario and the gates of the design.
    #[must_use]
    pub fn new(
        design: &'a BTreeMap<String, EventSpec>,
        scenario: &'a BTreeMap<String, EventSpec>,
        gates: &'a BTreeMap<String, GateSpec>,
    ) -> Self {
        Self {
            events: [design, scenario],
            gates,
            leaves: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    /// The event or gate of that name. Names are known and free of cycles: the loader saw to it.
    pub fn named(&mut self, name: &str) -> Expr {
        let gates = self.gates;
        if let Some(gate) = gates.get(name) {
            let of = gate.members().iter().map(|m| self.named(m)).collect();
            return match gate {
                GateSpec::Any(_) => Expr::Any(of),
                GateSpec::All(_) => Expr::All(of),
                GateSpec::AtLeast { k, .. } => Expr::AtLeast(*k, of),
            };
        }
        let event = self.events.iter().find_map(|e| e.get(name)).cloned();
        let event = event.expect("the loader refuses names of no event");
        self.leaf(name, Arc::new(move |given| event.probability(given)))
    }

    /// The leaf of that name, made with `chance` where it is new.
    pub fn leaf(&mut self, name: &str, chance: Chance) -> Expr {
        let next = self.leaves.len();
        let place = *self.places.entry(name.to_owned()).or_insert(next);
        if place == next {
            self.leaves.push(Leaf {
                name: name.to_owned(),
                chance,
            });
        }
        Expr::Leaf(place)
    }

    /// The leaves collected so far, by number.
    #[must_use]
    pub fn into_leaves(self) -> Vec<Leaf> {
        self.leaves
    }
}
