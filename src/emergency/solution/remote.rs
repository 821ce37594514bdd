//! Remote authorisation: an online command, or a time-limited code made on a phone.
//!
//! * What: replaces a forgotten credential and lets others in; the lock's own electronics must be
//!   alive, so a flat battery is answered only together with external power.
//! * Model: fails if no phone is usable, the phone has no network, the second factor cannot be
//!   given, and for online commands also if the lock's own link is down.
//! * Assumptions: an account taken over is used on the lock only by who knows the lock.

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
    name: "remote",
    about: "an online command or a time-limited code, authorised by the account",
    schema: schema::<Remote>,
};

/// How the authorisation reaches the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A command through the lock's own network link.
    Online,
    /// A code computed from the time, typed in by hand: the lock needs no network.
    OfflinePin,
}

/// The lock's link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// Bluetooth to a phone at the lock.
    Bluetooth,
    /// Wi-Fi of the house.
    Wifi,
    /// Narrow-band mobile network.
    NbIot,
    /// None (offline codes only).
    None,
}

/// The second factor of the account: it keeps thieves out, and the owner too when it is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondFactor {
    /// Event: the owner cannot give it.
    pub blocked: String,
    /// Share of takeovers it stops.
    pub p_stops_takeover: Number,
}
numbers!(SecondFactor: p_stops_takeover);

/// Details of remote authorisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remote {
    /// How it reaches the lock.
    pub mode: Mode,
    /// The lock's link.
    pub link: Link,
    /// Event: no usable phone.
    pub phone_unavailable: String,
    /// Event: the phone has no network where it is needed.
    pub no_coverage: String,
    /// Event: the lock's own link or the service is down (counts for online commands).
    pub lock_offline: String,
    /// The second factor, if the account has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_factor: Option<SecondFactor>,
    /// Takeovers of the account per year, without a second factor.
    pub takeovers_per_year: Number,
    /// Chance that who took it over knows which lock it opens.
    pub p_lock_known: Number,
    /// Chance that it is then used on the lock.
    pub p_used: Number,
}
numbers!(Remote: second_factor, takeovers_per_year, p_lock_known, p_used);

impl Remote {
    /// Unauthorised openings per year, with or without the second factor.
    #[must_use]
    pub fn takeover_openings_per_year(&self, given: &Given, with_factor: bool) -> f64 {
        let v = given.values;
        let through = match (&self.second_factor, with_factor) {
            (Some(f), true) => 1.0 - v.of(&f.p_stops_takeover),
            _ => 1.0,
        };
        v.of(&self.takeovers_per_year) * through * v.of(&self.p_lock_known) * v.of(&self.p_used)
    }
}

impl Solution for Remote {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Battery => Reach::WithPower,
            Cause::Credential | Cause::AuthoriseOther => Reach::Can,
            Cause::Electronics | Cause::Jam | Cause::Spring => Reach::Cannot,
        }
    }

    fn failure(&self, _me: &str, _cause: Cause, tree: &mut Tree) -> Expr {
        Expr::Any(self.names().into_iter().map(|n| tree.named(n)).collect())
    }

    fn names(&self) -> Vec<&str> {
        let mut names = vec![self.phone_unavailable.as_str(), self.no_coverage.as_str()];
        if self.mode == Mode::Online {
            names.push(&self.lock_offline);
        }
        names.extend(self.second_factor.iter().map(|f| f.blocked.as_str()));
        names
    }

    fn exposure(&self, given: &Given, _attempts_per_year: f64) -> Vec<RouteShare> {
        let per_year = self.takeover_openings_per_year(given, true);
        vec![RouteShare::new(Route::AccountTakeover, per_year)]
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let saved = self.takeover_openings_per_year(given, false)
            - self.takeover_openings_per_year(given, true);
        let mut facts = vec![
            Fact {
                name: "needs_lock_network",
                value: f64::from(u8::from(self.mode == Mode::Online)),
            },
            Fact {
                name: "takeover_openings_per_year",
                value: self.takeover_openings_per_year(given, true),
            },
        ];
        if self.second_factor.is_some() {
            facts.push(Fact {
                name: "second_factor_saves_per_year",
                value: saved,
            });
        }
        facts
    }
}
