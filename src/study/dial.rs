//! Dialing a program on the nominal lock of a design.

use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::dial_lock::{AsBuilt, DialResult};
use crate::mechanism::drive_train::Program;

/// What `program` (trade notation, `L4 22 R3 67 L2 38 R`) does on the nominal lock of `design`.
///
/// # Errors
/// [`Error::NotApplicable`] for a family without a dial, [`Error::Program`] with the place of the
/// fault where the text is no program.
pub fn dial(design: &Design, program: &str) -> Result<DialResult> {
    let lock = design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "a dial program",
        to: design.name.clone(),
        why: format!("the family {} has no dial", design.lock.family()),
    })?;
    let program = Program::parse(program, lock.marks).map_err(|fault| Error::Program {
        text: program.to_owned(),
        at: fault.at,
        why: fault.why,
    })?;
    let built = AsBuilt::nominal(lock, &design.pack_codes());
    Ok(lock.dial(&built, &program))
}
