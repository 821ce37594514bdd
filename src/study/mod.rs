//! Joins the analyses of a design into one [`Study`]; the only place that runs in parallel.

mod checkpoint;
mod contact;
mod dial;
pub mod difference;
pub mod emergency;
mod emergency_links;
mod options;
mod resist;
mod side;
mod target;
mod trials;
mod whole;

pub use checkpoint::TrialStore;
pub use contact::{ContactPoint, ContactReport, contact};
pub use dial::dial;
pub use difference::{Difference, Metric, TrialTimes, Verdict};
pub use emergency::EmergencyStudy;
pub use options::{Options, Progress, use_threads};
pub use resist::{CurvePoint, POpen, ResistReport, attack_named, reader_named, resist};
pub use side::{Side, side};
pub use target::{Target, TargetReport};
pub use whole::{Study, WindowPoint, WindowReport, study, window};
