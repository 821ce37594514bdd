//! Dialing a program on the nominal or an as-built lock of a design.

use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::dial_lock::{AsBuilt, DialResult};
use crate::mechanism::drive_train::Program;
use crate::rng::{Purpose, stream};
use rand::RngExt;

/// What `program` (trade notation, `L4 22 R3 67 L2 38 R`) does on the nominal lock of `design`, or, where
/// `trial` is given, on the as-built lock of that trial under `seed`, with drag if the design has any.
///
/// # Errors
/// [`Error::NotApplicable`] for a family without a dial, [`Error::Program`] with the place of the
/// fault where the text is no program.
pub fn dial(design: &Design, program: &str, trial: Option<u64>, seed: u64) -> Result<DialResult> {
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
    let codes = design.pack_codes();
    let Some(trial) = trial else {
        return Ok(lock.dial(&AsBuilt::nominal(lock, &codes), &program));
    };
    let built = AsBuilt::sample(lock, &codes, &mut stream(seed, trial, Purpose::Lock));
    let mut friction = stream(seed, trial, Purpose::Drag);
    let luck = &mut |p: f64| friction.random::<f64>() < p;
    Ok(lock.dial_dragging(&built, &program, luck))
}
