//! Physical opening hole: a hidden hole and a tool that is turned in a certain way.
//!
//! * What: works the bolt without electronics and without the cylinder.
//! * Model: fails if the tool is not here or nobody knows the steps; turning it the wrong way is
//!   the slip of the solution. Whoever holds such a tool and knows the hole can open too.
//! * Assumptions: a tool sold in every shop is in circulation, a maker's own one is rare.

use super::{Fact, Reach, Solution, SolutionKind, schema};
use crate::emergency::cause::Cause;
use crate::emergency::exposure::{Route, RouteShare};
use crate::emergency::given::Given;
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::tree::{Expr, Tree};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "opening_hole",
    about: "a hidden hole in which a tool works the bolt",
    schema: schema::<OpeningHole>,
};

/// The tool of the opening hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tool {
    /// A hex wrench from any shop.
    HexWrench,
    /// The maker's own paddle.
    MakersPaddle,
}

/// Details of the opening hole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpeningHole {
    /// The tool.
    pub tool: Tool,
    /// Event: the tool is not here.
    pub no_tool: String,
    /// Event: neither memory nor manual tells the steps.
    pub steps_unknown: String,
    /// Chance that somebody with bad intent brings the tool.
    pub p_stranger_has_tool: Number,
    /// Chance that he knows the hole and the steps.
    pub p_stranger_knows: Number,
}
numbers!(OpeningHole: p_stranger_has_tool, p_stranger_knows);

impl Solution for OpeningHole {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Battery | Cause::Electronics | Cause::Credential => Reach::Can,
            Cause::Jam | Cause::Spring => Reach::half(),
            Cause::AuthoriseOther => Reach::Cannot,
        }
    }

    fn failure(&self, _me: &str, _cause: Cause, tree: &mut Tree) -> Expr {
        Expr::Any(vec![
            tree.named(&self.no_tool),
            tree.named(&self.steps_unknown),
        ])
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.no_tool, &self.steps_unknown]
    }

    fn exposure(&self, given: &Given, _attempts_per_year: f64) -> Vec<RouteShare> {
        let v = given.values;
        let per_year = v.of(&given.scenario.hostile_visits_per_year)
            * v.of(&self.p_stranger_has_tool)
            * v.of(&self.p_stranger_knows);
        vec![RouteShare::new(Route::ToolInCirculation, per_year)]
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let held = given.values.of(&self.p_stranger_has_tool);
        vec![Fact {
            name: "p_stranger_has_tool",
            value: held,
        }]
    }
}
