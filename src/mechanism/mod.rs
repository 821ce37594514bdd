//! Lock mechanisms: what the parts do when the dial turns.
//!
//! A [`Lock`] is the nominal mechanism of one family; special physics is reached by capability.
//! To add a family: one file or folder here, one line in [`FAMILIES`] and its variant in
//! [`MechanismSpec`].

pub mod dial_lock;
pub mod drive_train;
pub mod push_button;
pub mod smart_lock;
pub mod spring;
pub mod stack_report;

pub use dial_lock::{DialLock, DialLockSpec};
pub use push_button::{PushButton, PushButtonSpec};
pub use smart_lock::{SmartLock, SmartLockSpec};

use crate::finding::Finding;
use schemars::JsonSchema;
use serde::Deserialize;

/// A nominal mechanism, checked and ready to analyse.
pub trait Lock: Send + Sync {
    /// Name of the family, as in a design file.
    fn family(&self) -> &'static str;
    /// The wheels that carry the code; `None` where the code does not live in wheels, and there is
    /// no key space of wheels to count.
    fn pack(&self) -> Option<WheelPack>;
    /// The contact-point physics of a dial lock with a lever fence, where the family has it.
    fn contact(&self) -> Option<&DialLock> {
        None
    }
    /// The row of buttons that carries the code, where the family has one.
    fn buttons(&self) -> Option<&PushButton> {
        None
    }
}

/// The wheels of a lock, as a key space sees them.
#[derive(Debug, Clone, PartialEq)]
pub struct WheelPack {
    /// Number of wheels, ≥ 1.
    pub wheels: usize,
    /// Graduations of the dial (or positions of a wheel).
    pub marks: u32,
    /// Half-width of each wheel's dialing window, marks, in dialing order, from the geometry.
    pub window_half_marks: Vec<f64>,
}

/// One lock family, as lists and `new` show it.
pub struct Family {
    /// Name in `mechanism.family`.
    pub name: &'static str,
    /// One line on what it is.
    pub about: &'static str,
    /// A complete, valid `mechanism` section to start from.
    pub example: &'static str,
    /// The parts that the example leaves out, as objects to be laid over it: they fit in shape, numbers are only
    /// examples, and some are alternatives to one another.
    pub optional: &'static str,
}

/// A lock, or why its dimensions make none.
pub type Built = Result<Box<dyn Lock>, Vec<Finding>>;

/// The `mechanism` section of a design file: one variant a family.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "family", rename_all = "snake_case")]
pub enum MechanismSpec {
    /// A dial lock with a lever fence.
    DialLock(Box<DialLockSpec>),
    /// An electronic lock without wheels.
    SmartLock(SmartLockSpec),
    /// A row of buttons, each used at most once.
    PushButton(PushButtonSpec),
}

impl MechanismSpec {
    /// Builds the lock.
    ///
    /// # Errors
    /// Every fault of meaning, with pointers relative to the section.
    pub fn build(&self) -> Built {
        match self {
            Self::DialLock(spec) => Ok(Box::new(DialLock::new(spec)?)),
            Self::SmartLock(spec) => Ok(Box::new(SmartLock::from(spec))),
            Self::PushButton(spec) => Ok(Box::new(PushButton::new(spec)?)),
        }
    }
}

/// All lock families.
pub const FAMILIES: &[Family] = &[dial_lock::FAMILY, smart_lock::FAMILY, push_button::FAMILY];
