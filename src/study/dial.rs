//! Dialing a program on the nominal or an as-built lock of a design, and what its mechanism asks of
//! whoever dials it.

use crate::design::Design;
use crate::error::{Error, Result};
use crate::mechanism::DialLock;
use crate::mechanism::dial_lock::{AsBuilt, Derived, DialResult, Reason};
use crate::mechanism::drive_train::{Direction, DriveTrain, Program};
use crate::rng::{Purpose, stream};
use rand::RngExt;
use serde::Serialize;

/// What `program` (trade notation, `L4 22 R3 67 L2 38 R`) does on the nominal lock of `design`, or, where
/// `trial` is given, on the as-built lock of that trial under `seed`, with drag if the design has any.
///
/// # Errors
/// [`Error::NotApplicable`] for a family without a dial, [`Error::Program`] with the place of the
/// fault where the text is no program.
pub fn dial(design: &Design, program: &str, trial: Option<u64>, seed: u64) -> Result<DialResult> {
    let lock = dial_lock(design)?;
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

/// What a mechanism asks of whoever dials it, and its main code dialed both ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DerivedReport {
    /// What follows from drive train and cam.
    #[serde(flatten)]
    pub derived: Derived,
    /// The main code, marks.
    pub main: Vec<f64>,
    /// The direction in which each number is dialed.
    pub directions: Vec<Direction>,
    /// Way from each number of the main code to the next one, whole turns left out, marks; `None` for
    /// the last.
    pub ways_marks: Vec<Option<f64>>,
    /// The main code in the standard directions.
    pub standard: Dialed,
    /// The numbers that set the main code when every direction is reversed.
    pub reversed: Dialed,
}

/// A code dialed on nominal parts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dialed {
    /// The numbers, marks.
    pub numbers_marks: Vec<f64>,
    /// The program, in the trade's notation.
    pub program: String,
    /// Whether the bolt is drawn.
    pub opens: bool,
    /// How it ends.
    pub reason: Reason,
}

/// What follows from the mechanism of `design`, for its main code.
///
/// # Errors
/// [`Error::NotApplicable`] for a family without a dial.
pub fn derived(design: &Design) -> Result<DerivedReport> {
    let lock = dial_lock(design)?;
    let codes = design.pack_codes();
    let built = AsBuilt::nominal(lock, &codes);
    let main = codes[0].clone();
    let dialed = |train: &DriveTrain, numbers_marks: Vec<f64>| {
        let program = train.standard_program(&numbers_marks);
        let result = lock.dial(&built, &program);
        Dialed {
            numbers_marks,
            program: result.program,
            opens: result.opens,
            reason: result.reason,
        }
    };
    let drive = &lock.drive;
    let last = lock.wheels - 1;
    Ok(DerivedReport {
        derived: lock.derived(),
        directions: (0..lock.wheels).map(|i| drive.direction(i)).collect(),
        ways_marks: (0..lock.wheels)
            .map(|i| (i < last).then(|| drive.way_marks(&main, i)))
            .collect(),
        standard: dialed(drive, main.clone()),
        reversed: dialed(&drive.reversed(), drive.reversed_code(&main)),
        main,
    })
}

/// The lock of `design` with its dial.
fn dial_lock(design: &Design) -> Result<&DialLock> {
    design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "a dial program",
        to: design.name.clone(),
        why: format!("the family {} has no dial", design.lock.family()),
    })
}
