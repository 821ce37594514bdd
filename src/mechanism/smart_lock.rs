//! Electronic lock without wheels.
//!
//! **What.** A lock whose code lives in electronics: there is no wheel pack to count, to feel or to
//! draw. It stands here so that its emergency opening is compared with that of its mechanical
//! rivals on equal terms.
//!
//! **Model.** None of the mechanism; what fails and what opens it then is the design's `emergency`
//! section.
//!
//! **Assumptions.** The strength of its code and of its radio is no matter of this tool.
//!
//! **Reference.** `emergency.md` 2.
//!
//! **Checked by.** `tests/it/cli_emergency.rs`.

use super::{Family, Lock, WheelPack};
use schemars::JsonSchema;
use serde::Deserialize;

/// The family's line in `FAMILIES`.
pub const FAMILY: Family = Family {
    name: "smart_lock",
    about: "electronic lock without wheels: compared by its emergency opening only",
    example: r#"{ "family": "smart_lock", "credential": "keypad" }"#,
    optional: "{}",
};

/// An electronic lock.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmartLockSpec {
    /// What its owner opens it with.
    pub credential: Credential,
    /// Where the design comes from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// What the owner of an electronic lock opens it with day by day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// A number on a keypad.
    Keypad,
    /// A finger.
    Fingerprint,
    /// A telephone.
    Phone,
    /// A card or fob.
    Card,
}

impl Credential {
    /// The word used in texts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keypad => "a number on a keypad",
            Self::Fingerprint => "a finger",
            Self::Phone => "a telephone",
            Self::Card => "a card or fob",
        }
    }
}

/// An electronic lock, checked.
#[derive(Debug, Clone)]
pub struct SmartLock {
    /// What its owner opens it with.
    pub credential: Credential,
}

impl From<&SmartLockSpec> for SmartLock {
    fn from(spec: &SmartLockSpec) -> Self {
        Self {
            credential: spec.credential,
        }
    }
}

impl Lock for SmartLock {
    fn family(&self) -> &'static str {
        FAMILY.name
    }

    fn pack(&self) -> Option<WheelPack> {
        None
    }
}
