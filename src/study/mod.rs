//! Joins the analyses of a design into one [`Study`]; the only place that runs in parallel.

mod beforehand;
mod bits;
mod checkpoint;
mod contact;
mod dial;
pub mod difference;
pub mod difficulty;
pub mod emergency;
mod emergency_band;
mod emergency_links;
mod kept;
mod options;
mod production;
mod resist;
pub mod sensitivity;
#[cfg(test)]
mod shelf;
mod side;
pub mod sweep;
mod target;
pub mod tolerance;
mod trace;
pub mod trade_off;
mod trials;
mod wear;
mod whole;

pub use checkpoint::TrialStore;
pub use contact::{ContactPoint, ContactReport, contact};
pub use dial::{DerivedReport, Dialed, derived, dial};
pub use difference::{Difference, Metric, TrialTimes, Verdict};
pub use difficulty::Difficulty;
pub use emergency::EmergencyStudy;
pub use options::{Options, Progress, use_threads};
pub use production::{Production, ProductionPoint, SHOWS_SDS};
pub use resist::{
    CurvePoint, POpen, ResistReport, Resisted, attack_named, reader_named, resist, resisted,
};
pub use side::{Side, side};
pub use target::{Target, TargetReport};
pub use tolerance::{ToleranceQuestion, ToleranceStudy, tolerance};
pub use trace::{Chapter, TraceReport, TraceStep, trace};
pub use whole::{Study, WindowPoint, WindowReport, study, window};
