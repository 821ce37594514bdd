//! JSON file → design: reading, with every fault as a finding at its place in the file.

pub mod assumption;
pub mod codes;

pub mod decode;
pub mod derived;
pub mod emergency;
mod fault;
pub mod file;
pub mod lock_design;
mod mended;
mod misfit;
mod node;
mod objects;
pub mod place;
pub mod pointer;
mod readers;
mod repair;
pub mod shipped;
pub mod source;
pub mod tree;
mod variation;

pub use assumption::Assumption;
pub use emergency::{ScenarioReading, at_places, read_scenario, shipped_scenario_source};
pub use lock_design::{Design, Reading, read, schema};
pub use readers::ReaderChoice;
pub use shipped::SHIPPED;
pub use source::SourceText;
pub use variation::{Change, Toleranced, Variation};
