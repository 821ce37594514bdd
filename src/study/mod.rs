//! Joins the analyses of a design into one [`Study`]; the only place that runs in parallel.

mod contact;
mod dial;
pub mod emergency;
mod emergency_links;
mod options;
mod resist;
pub mod tolerance;
pub mod trade_off;
mod whole;

pub use contact::{ContactPoint, ContactReport, contact};
pub use dial::dial;
pub use emergency::EmergencyStudy;
pub use options::{Options, Progress, use_threads};
pub use resist::{CurvePoint, POpen, ResistReport, attack_named, reader_named, resist};
pub use tolerance::{ToleranceQuestion, ToleranceStudy, tolerance};
pub use whole::{Study, WindowPoint, WindowReport, study, window};
