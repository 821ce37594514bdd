//! Lock mechanisms: what the parts do when the dial turns.
//!
//! A [`Lock`] is the nominal mechanism of one family; special physics is reached by capability.
//! To add a family: one file or folder here and one line in [`FAMILIES`].

pub mod dial_lock;
pub mod drive_train;

pub use dial_lock::DialLock;

use crate::finding::Finding;
use serde_json::Value;

/// A nominal mechanism, checked and ready to analyse.
pub trait Lock: Send + Sync {
    /// Name of the family, as in a design file.
    fn family(&self) -> &'static str;
    /// Number of wheels, ≥ 1.
    fn wheels(&self) -> usize;
    /// Graduations of the dial (or positions of a wheel).
    fn marks(&self) -> u32;
    /// Half-width of each wheel's dialing window, marks, in dialing order, from the geometry.
    fn window_half_marks(&self) -> Vec<f64>;
    /// The contact-point physics of a dial lock with a lever fence, where the family has it.
    fn contact(&self) -> Option<&DialLock> {
        None
    }
}

/// One lock family: how its section of a design file is read and described.
pub struct Family {
    /// Name in `mechanism.family`.
    pub name: &'static str,
    /// One line on what it is.
    pub about: &'static str,
    /// A complete, valid `mechanism` section to start from.
    pub example: &'static str,
    /// Reads a section: an outer error where its shape is wrong, findings (with pointers relative
    /// to the section) where its meaning is.
    pub read: fn(&Value) -> Result<Built, ShapeError>,
    /// JSON Schema of the section.
    pub schema: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
}

/// A section whose shape does not fit, with the path of the place.
pub type ShapeError = serde_path_to_error::Error<serde_json::Error>;

/// A lock, or why its dimensions make none.
pub type Built = Result<Box<dyn Lock>, Vec<Finding>>;

/// All lock families.
pub const FAMILIES: &[Family] = &[dial_lock::FAMILY];
