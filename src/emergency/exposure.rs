//! What emergency solutions open to others: unauthorised openings per year, by route.

use serde::{Deserialize, Serialize};

/// How an unauthorised person gets in by way of an emergency solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// A lost, found or copied emergency key.
    LostKey,
    /// The account of the remote service taken over.
    AccountTakeover,
    /// A spare combination told or found.
    DisclosedSpare,
    /// A code guessed, by the openings that spares add.
    GuessedSpare,
    /// A professional who is none, or who comes back.
    UnqualifiedOpener,
    /// The tool for the opening hole in wrong hands.
    ToolInCirculation,
}

impl Route {
    /// All routes, in the order of the reports.
    pub const ALL: [Self; 6] = [
        Self::LostKey,
        Self::AccountTakeover,
        Self::DisclosedSpare,
        Self::GuessedSpare,
        Self::UnqualifiedOpener,
        Self::ToolInCirculation,
    ];

    /// The name used in results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LostKey => "lost_key",
            Self::AccountTakeover => "account_takeover",
            Self::DisclosedSpare => "disclosed_spare",
            Self::GuessedSpare => "guessed_spare",
            Self::UnqualifiedOpener => "unqualified_opener",
            Self::ToolInCirculation => "tool_in_circulation",
        }
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// One solution's share of a route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RouteShare {
    /// The route.
    pub route: Route,
    /// Unauthorised openings per year.
    pub per_year: f64,
}

impl RouteShare {
    /// `per_year` openings by `route`.
    #[must_use]
    pub fn new(route: Route, per_year: f64) -> Self {
        Self { route, per_year }
    }
}
