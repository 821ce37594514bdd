//! The shape of a design file.

use super::readers::ReaderChoice;
use crate::emergency::EmergencySpec;
use crate::keyspace::{Chosen, Code, Convention, Spare, rule_schema};
use crate::mechanism::MechanismSpec;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

/// The format of design files that this version reads.
pub const FORMAT: u32 = 1;

/// A lock design for wheelpack.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DesignFile {
    /// Where the schema is, for editors.
    #[serde(default, rename = "$schema")]
    pub(super) _schema: Option<String>,
    /// Format of the file: 1.
    pub format: u32,
    /// Name of the design: letters, digits, `-` and `_`.
    pub name: String,
    /// Where the design comes from.
    pub source: String,
    /// The mechanism.
    pub mechanism: MechanismSpec,
    /// Its codes, where the family has wheels that carry them.
    #[serde(default)]
    pub codes: Option<CodesSpec>,
    /// The person who opens it with the right code.
    #[serde(default)]
    pub owner: OwnerSpec,
    /// How it is studied.
    #[serde(default)]
    pub study: StudySpec,
    /// What locks the owner out and what opens it then.
    #[serde(default)]
    pub emergency: Option<EmergencySpec>,
}

/// The codes of a lock and what they must obey.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CodesSpec {
    /// The main code: one whole mark a wheel, in dialing order.
    pub main: Code,
    /// Spare codes.
    #[serde(default)]
    pub spares: Vec<Spare>,
    /// Rules that every code must obey.
    #[serde(default)]
    #[schemars(schema_with = "rules_schema")]
    pub rules: Vec<Value>,
    /// How people choose codes.
    #[serde(default)]
    pub chosen: Option<Chosen>,
    /// How windows are counted.
    #[serde(default)]
    pub convention: Option<Convention>,
    /// Half-width of the dialing window from a datasheet, instead of the geometry's; marks.
    #[serde(default)]
    pub window_half_marks: Option<f64>,
}

fn rules_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let rule = rule_schema(generator);
    schemars::json_schema!({ "type": "array", "items": rule })
}

/// The owner.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerSpec {
    /// Standard deviation of where the owner stops the dial, marks.
    pub dialing_sd_marks: f64,
    /// Where the figure comes from.
    #[serde(default, rename = "source")]
    pub(super) _source: Option<String>,
}

impl Default for OwnerSpec {
    fn default() -> Self {
        Self {
            dialing_sd_marks: 0.2,
            _source: None,
        }
    }
}

/// How a design is studied.
#[derive(Debug, Clone, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct StudySpec {
    /// Trials of a manipulation study.
    pub trials: u64,
    /// Readers: shipped ones by name, own ones as a profile.
    pub readers: Vec<ReaderChoice>,
}

impl Default for StudySpec {
    fn default() -> Self {
        Self {
            trials: 1000,
            readers: ["novice", "expert"]
                .map(|name| ReaderChoice::Named(name.to_owned()))
                .to_vec(),
        }
    }
}
