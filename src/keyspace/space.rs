//! The key space of one lock: its dial, its windows and its rules.
//!
//! *What*: the counts `dialable`, `allowed`, `effective`, `effective_allowed`, `cover_tries`.
//! *Model*: the windows of a wheel stand one pitch apart ([`Convention`]); a rule sees position i
//! at i pitches. *Assumptions*: the half-window is the same all round a wheel. *Reference*: Blaze
//! 2004, "Safecracking for the computer scientist"; Feynman for whole marks. *Checked by*:
//! `val_blaze_2004_…`, `val_feynman_…`, `val_sg_6730_…`, all exact.

use serde::Serialize;

use super::automaton::{self, TooLarge};
use super::code_set::CodeSet;
use super::count::Count;
use super::mark::{MICRO, Mark};
use super::place::{Convention, Places, Ring};
use super::rule_set::RuleSet;
use super::rules::Dial;
use crate::finding::Finding;

/// Fewest and most graduations of a dial.
pub const MARKS: std::ops::RangeInclusive<u32> = 2..=1000;
/// Fewest and most wheels.
pub const WHEELS: std::ops::RangeInclusive<usize> = 1..=16;
/// Narrowest half-window in the convention `continuous`, in marks.
pub const HALF_WINDOW_MIN_MARKS: f64 = 0.01;

/// The key space of one lock.
#[derive(Debug, Clone)]
pub struct Space {
    marks: u32,
    half_windows: Vec<Mark>,
    convention: Convention,
    rules: RuleSet,
}

/// The counts of `keyspace.md` section 1, exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Distinct windows per wheel.
    pub positions: Vec<u32>,
    /// Settings on the dial's marks, N^w.
    pub dialable: Count,
    /// Those that obey the rules, on whole marks.
    pub allowed: Count,
    /// Mechanically distinct windows, product of `positions`.
    pub effective: Count,
    /// The rules applied to the windows.
    pub effective_allowed: Count,
    /// Tries that leave no mark of any wheel uncovered.
    pub cover_tries: Count,
}

impl Space {
    /// A lock with `marks` graduations and one half-window (in marks) per wheel.
    ///
    /// # Errors
    /// Every size that is out of bounds, with pointers `/marks`, `/wheels`, `/window_half_marks/i`.
    pub fn new(
        marks: u32,
        half_windows_marks: &[f64],
        convention: Convention,
        rules: RuleSet,
    ) -> Result<Self, Vec<Finding>> {
        let mut faults = size_faults(marks, half_windows_marks.len());
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut half_windows = Vec::new();
        for (i, &half) in half_windows_marks.iter().enumerate() {
            match half_window(marks, half, convention) {
                Ok(half) => half_windows.push(half),
                Err(fault) => faults.push(fault.under(&format!("/window_half_marks/{i}"))),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            marks,
            half_windows,
            convention,
            rules,
        })
    }

    /// Graduations of the dial.
    #[must_use]
    pub fn marks(&self) -> u32 {
        self.marks
    }

    /// Number of wheels.
    #[must_use]
    pub fn wheels(&self) -> usize {
        self.half_windows.len()
    }

    /// Size of the lock, as rules are checked against it.
    #[must_use]
    pub fn dial(&self) -> Dial {
        Dial {
            marks: self.marks,
            wheels: self.wheels(),
        }
    }

    /// Half-window per wheel.
    #[must_use]
    pub fn half_windows(&self) -> &[Mark] {
        &self.half_windows
    }

    /// The convention in force.
    #[must_use]
    pub fn convention(&self) -> Convention {
        self.convention
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Every wheel on every whole mark.
    #[must_use]
    pub fn mark_places(&self) -> Places {
        Places::whole_marks(self.marks, self.wheels())
    }

    /// Every wheel on its mechanically distinct windows.
    #[must_use]
    pub fn window_places(&self) -> Places {
        let ring = |&half: &Mark| -> Ring { self.convention.ring(self.marks, half) };
        Places::new(self.marks, self.half_windows.iter().map(ring).collect())
    }

    /// The counts, all exact.
    ///
    /// # Errors
    /// A finding at `/rules` where the rules need too many states.
    pub fn counts(&self) -> Result<Counts, Finding> {
        let rules = self.rules.rules();
        let windows = self.window_places();
        let count = |places: &Places| automaton::count(&rules, places).map_err(too_large);
        let cover = |&half: &Mark| self.convention.cover(self.marks, half);
        let positions: Vec<u32> = windows.rings().iter().map(|r| r.n).collect();
        Ok(Counts {
            dialable: Count::product(vec![u64::from(self.marks); self.wheels()]),
            allowed: count(&self.mark_places())?,
            effective: Count::product(positions.iter().map(|&n| u64::from(n))),
            effective_allowed: count(&windows)?,
            cover_tries: Count::product(self.half_windows.iter().map(cover)),
            positions,
        })
    }

    /// The allowed codes on whole marks.
    ///
    /// # Errors
    /// A finding at `/rules` where the rules need too many states.
    pub fn codes(&self) -> Result<CodeSet, Finding> {
        CodeSet::new(&self.rules.rules(), self.mark_places()).map_err(too_large)
    }

    /// The allowed windows: what an exhaustive dialer tries.
    ///
    /// # Errors
    /// A finding at `/rules` where the rules need too many states.
    pub fn windows(&self) -> Result<CodeSet, Finding> {
        CodeSet::new(&self.rules.rules(), self.window_places()).map_err(too_large)
    }
}

/// The finding for rules with too many states.
pub(crate) fn too_large(fault: TooLarge) -> Finding {
    Finding::error(
        "WP410",
        "/rules",
        format!(
            "the rules together need more than {} states or transitions at wheel {}",
            fault.limit, fault.wheel
        ),
        "fewer wheels or marks, or `pairs: adjacent` in place of `all`",
    )
}

/// Findings for sizes out of bounds.
#[must_use]
pub fn size_faults(marks: u32, wheels: usize) -> Vec<Finding> {
    let mut faults = Vec::new();
    if !MARKS.contains(&marks) {
        faults.push(Finding::error(
            "WP408",
            "/marks",
            format!("a dial of {marks} marks"),
            format!("{} to {} marks", MARKS.start(), MARKS.end()),
        ));
    }
    if !WHEELS.contains(&wheels) {
        faults.push(Finding::error(
            "WP408",
            "/wheels",
            format!("a lock of {wheels} wheels"),
            format!("{} to {} wheels", WHEELS.start(), WHEELS.end()),
        ));
    }
    faults
}

fn half_window(marks: u32, half: f64, convention: Convention) -> Result<Mark, Finding> {
    let least = match convention {
        Convention::Continuous => HALF_WINDOW_MIN_MARKS,
        Convention::WholeMarks => 0.0,
    };
    let most = f64::from(marks) / 2.0;
    let hint = || format!("a half-window from {least} to less than {most} marks");
    let fault = |message: String| Finding::error("WP407", "", message, hint());
    let exact = Mark::new(half)
        .filter(|_| half >= least)
        .ok_or_else(|| fault(format!("a half-window of {half} marks")))?;
    if convention.pitch(exact).micro() > i64::from(marks) * MICRO || 2.0 * half >= f64::from(marks)
    {
        return Err(fault(format!(
            "a window of ±{half} marks is as wide as the dial of {marks}: any number opens"
        )));
    }
    Ok(exact)
}
