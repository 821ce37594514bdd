//! The codes of one lock: the main one and its spares, each with its realisation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::mark::Code;
use super::rules::Dial;

/// How a spare code is built into the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Realisation {
    /// More gates on the same wheels; opens every mixture of the codes too.
    #[default]
    ExtraGates,
    /// A second pack with its own dial and fence.
    SeparatePack,
    /// The lock is reset with a change key: one code at a time, the spare is a record.
    #[serde(alias = "re-settable", alias = "re_settable", alias = "resettable")]
    ChangeKey,
}

/// What a separate pack does to the bolt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Packs {
    /// Either pack alone releases it.
    #[default]
    Either,
    /// All packs are needed.
    Both,
}

/// One spare code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spare {
    /// The code.
    pub code: Code,
    /// How it is built in.
    pub realisation: Realisation,
    /// For separate packs: whether either pack opens, or both are needed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub packs: Packs,
}

fn is_default(packs: &Packs) -> bool {
    *packs == Packs::default()
}

/// Why `code` does not fit the lock (what is wrong, what would pass), or `None`.
#[must_use]
pub fn code_fault(code: &Code, dial: Dial) -> Option<(String, String)> {
    if code.0.len() != dial.wheels {
        return Some((
            format!("{} numbers for {} wheels", code.0.len(), dial.wheels),
            format!("{} whole marks, in dialing order", dial.wheels),
        ));
    }
    let off = code.0.iter().find(|&&n| n >= dial.marks)?;
    Some((
        format!("{off} is not on a dial of {} marks", dial.marks),
        format!("whole marks from 0 to {}", dial.marks - 1),
    ))
}
