//! Where a key or a written code is kept, and the loader's rule against circular storage.

use super::number::Number;
use super::parameter::numbers;
use super::place::Findings;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Somebody or some place that keeps a key or a spare code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// Who or where, for the reader.
    pub who: String,
    /// Event: cannot be reached in time.
    pub unavailable: String,
    /// Chance per year that it gets into other hands: lost, found, copied, told.
    pub p_disclosed_per_year: Number,
    /// Name of the lock behind which it is kept, if any (`"this"` for the lock itself).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<String>,
}
numbers!(Holder: p_disclosed_per_year);

/// Finds holders behind the lock they are to open, and the absence of any holder.
pub(crate) fn check_holders(holders: &[Holder], lock: &str, found: &mut Findings) {
    found.within("holders", |found| {
        if holders.is_empty() {
            found.error(
                "WP511",
                "nobody holds one",
                "name at least one holder, or leave the solution out",
            );
        }
        for (i, holder) in holders.iter().enumerate() {
            let circular = holder
                .behind
                .as_deref()
                .is_some_and(|b| b == lock || b == "this");
            if circular {
                found.within(&i.to_string(), |found| {
                    found.error(
                        "WP510",
                        format!(
                            "`{}` is kept behind the lock it is to open ({lock})",
                            holder.who
                        ),
                        "keep it behind another lock or with a person",
                    );
                });
            }
        }
    });
}
