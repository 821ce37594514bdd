//! Push-button lock: a row of buttons, each used at most once in a code.
//!
//! **What.** Which codes can be set: how many buttons a code may use, and whether their order
//! counts.
//!
//! **Model.** Unordered codes are sets of buttons. Ordered codes are sequences of groups; the
//! buttons of a group are pressed together. The empty code (nothing pressed) is a code where the
//! lock takes it.
//!
//! **Assumptions.** Every such code can be set. There is no wheel pack to turn and no fence to read
//! through a dial, so manipulation by contact points does not apply.
//!
//! **Reference.** `keyspace.md` 6; Codelocks CL500 manual for sets, Simplex for ordered groups.
//!
//! **Checked by.** `tests/it/cli_keyspace.rs`, `tests/it/validation/keyspace.rs`.

use super::{Family, Lock, WheelPack};
use crate::finding::Finding;
use schemars::JsonSchema;
use serde::Deserialize;
use std::ops::RangeInclusive;

/// The family's line in `FAMILIES`.
pub const FAMILY: Family = Family {
    name: "push_button",
    about: "row of buttons, each used at most once: exact key space, no manipulation model",
    example: r#"{
  "family": "push_button",
  "buttons": 5,
  "pressed": { "min": 1, "max": 5 },
  "ordered": true,
  "allow_empty": true
}"#,
    optional: "{}",
};

/// Most buttons that are counted.
pub const BUTTONS_MAX: u32 = 64;

/// A push-button lock.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PushButtonSpec {
    /// Number of buttons.
    pub buttons: u32,
    /// How many of them a code may use.
    pub pressed: PressedSpec,
    /// Whether the order of presses counts; buttons pressed together form one group.
    pub ordered: bool,
    /// Whether pressing nothing is a code too.
    pub allow_empty: bool,
    /// Where the design comes from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

/// How many buttons a code may use.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PressedSpec {
    /// Fewest, at least 1.
    pub min: u32,
    /// Most.
    pub max: u32,
}

/// A push-button lock, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushButton {
    /// Number of buttons, 1 to [`BUTTONS_MAX`].
    pub buttons: u32,
    /// Numbers of buttons that a code may use, within 1 to `buttons`.
    pub pressed: RangeInclusive<u32>,
    /// Whether the order of groups counts.
    pub ordered: bool,
    /// Whether pressing nothing is a code too.
    pub allow_empty: bool,
}

impl PushButton {
    /// Builds the mechanism from its section of a design file.
    ///
    /// # Errors
    /// Every number that is out of its range.
    pub fn new(spec: &PushButtonSpec) -> Result<Self, Vec<Finding>> {
        let PressedSpec { min, max } = spec.pressed;
        let checks = [
            ("/buttons", spec.buttons, (1, BUTTONS_MAX)),
            ("/pressed/min", min, (1, max.clamp(1, BUTTONS_MAX))),
            ("/pressed/max", max, (1, spec.buttons.clamp(1, BUTTONS_MAX))),
        ];
        let faults: Vec<Finding> = checks
            .into_iter()
            .filter(|(_, got, (low, high))| !(low..=high).contains(&got))
            .map(|(at, got, (low, high))| {
                let hint = format!("give a whole number from {low} to {high}");
                Finding::error("WP201", at, format!("{got} buttons"), hint)
            })
            .collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            buttons: spec.buttons,
            pressed: min..=max,
            ordered: spec.ordered,
            allow_empty: spec.allow_empty,
        })
    }
}

impl Lock for PushButton {
    fn family(&self) -> &'static str {
        FAMILY.name
    }

    fn pack(&self) -> Option<WheelPack> {
        None
    }

    fn buttons(&self) -> Option<&PushButton> {
        Some(self)
    }
}
