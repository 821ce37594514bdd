//! Lock mechanisms: what the parts do when the dial turns.
//!
//! A [`Lock`] is the nominal mechanism of one family; special physics is reached by capability.
//! To add a family: one file or folder here, one line in [`FAMILIES`] and its variant in
//! [`MechanismSpec`].

pub mod dial_lock;
pub mod drive_train;
pub mod spring;
pub mod stack_report;

pub use dial_lock::{DialLock, DialLockSpec};

use crate::finding::Finding;
use schemars::JsonSchema;
use serde::Deserialize;

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

/// One lock family, as lists and `new` show it.
pub struct Family {
    /// Name in `mechanism.family`.
    pub name: &'static str,
    /// One line on what it is.
    pub about: &'static str,
    /// A complete, valid `mechanism` section to start from.
    pub example: &'static str,
}

/// A lock, or why its dimensions make none.
pub type Built = Result<Box<dyn Lock>, Vec<Finding>>;

/// The `mechanism` section of a design file: one variant a family.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "family", rename_all = "snake_case")]
pub enum MechanismSpec {
    /// A dial lock with a lever fence.
    DialLock(DialLockSpec),
}

impl MechanismSpec {
    /// Builds the lock.
    ///
    /// # Errors
    /// Every fault of meaning, with pointers relative to the section.
    pub fn build(&self) -> Built {
        match self {
            Self::DialLock(spec) => Ok(Box::new(DialLock::new(spec)?)),
        }
    }
}

/// All lock families.
pub const FAMILIES: &[Family] = &[dial_lock::FAMILY];
