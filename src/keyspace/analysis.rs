//! Everything about one lock's key space at once.

use serde::Serialize;

use super::code_set::CodeSet;
use super::count::Count;
use super::gate::GateWindow;
use super::guess::{Distribution, Guessing, random_order_mean_tries};
use super::independent::{IndependentSpares, independent_spares};
use super::input::{CodeInput, KeyspaceInput, WindowSource};
use super::mark::Mark;
use super::opening::{Gates, Openings};
use super::place::Convention;
use super::prior::Habit;
use super::share::{RuleShare, rule_shares};
use super::space::{Counts, too_large};
use super::spare::Realisation;
use super::standard::{Check, Facts, evaluate};
use crate::finding::{Finding, Severity};

/// The result for one lock; fields as in the interface note, section 2.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyspaceReport {
    /// Graduations.
    pub marks: u32,
    /// Wheels.
    pub wheels: usize,
    /// The convention in force.
    pub convention: Convention,
    /// Half-window per wheel, and where it is from.
    pub window_half_marks: Vec<WindowHalf>,
    /// The five counts and the windows per wheel.
    #[serde(flatten)]
    pub counts: Counts,
    /// Allowed codes by their first number; absent where the rules need too many states to hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_per_first_number: Option<Vec<Count>>,
    /// Every rule and what it costs.
    pub rules: Vec<RuleShare>,
    /// Openings, ghosts and the verdict; absent without a main code.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub codes: Option<CodesReport>,
    /// Entropy of the prior in force over the allowed codes, bits.
    pub entropy_bits: f64,
    /// Guessing.
    pub guess: GuessReport,
    /// Thresholds of standards; not a certificate.
    pub standards: Vec<Check>,
    /// What the reader should know; errors are not here, they prevent a report.
    pub warnings: Vec<Finding>,
}

/// One wheel's half-window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct WindowHalf {
    /// Half of the window in marks.
    pub value: Mark,
    /// Where it is from.
    pub from: WindowSource,
}

/// What the codes of the design do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodesReport {
    /// Openings and ghosts.
    #[serde(flatten)]
    pub openings: Openings,
    /// Bits of the windows' key space that the openings cost: log2(E · K / M), with E windows of
    /// one pack, K openings and M settings to search. Negative where several packs are all needed.
    pub bits_lost: f64,
    /// Settings to search: E for one pack, their sum over packs of which any opens, their product
    /// over packs that are all needed.
    pub search_settings: Count,
    /// Mean tries in random order until some opening is met: (M + 1) / (K + 1).
    pub random_order_mean_tries: f64,
    /// What the holder of each spare learns of the main code.
    pub spare_holders: Vec<SpareHolder>,
    /// Sets of spares that are independent of each other.
    pub independent_spares: IndependentSpares,
}

/// What the holder of one spare needs to find the main code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpareHolder {
    /// Place of the spare in the design.
    pub spare: usize,
    /// How it is built in.
    pub realisation: Realisation,
    /// Most tries: one wheel at a time on shared wheels, Σ (n − 1); else all windows.
    pub tries_to_main_max: Count,
}

/// Guessing under both priors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuessReport {
    /// `uniform` or `chosen`: the prior that `entropy_bits` is of.
    pub prior: &'static str,
    /// Codes drawn uniformly from the allowed ones.
    pub uniform: Guessing,
    /// Codes chosen by people.
    pub chosen: Guessing,
    /// The habits behind `chosen`, with their sources.
    pub habits: Vec<Habit>,
}

/// Analyses a key space.
///
/// # Errors
/// Every fault of the input that prevents a result, with pointers relative to the key space
/// section: `/rules/0`, `/main`, `/spares/1/code`, `/window_half_marks/2`, `/chosen/dates`.
pub fn analyse(input: &KeyspaceInput) -> Result<KeyspaceReport, Vec<Finding>> {
    analyse_within(input, "")
}

/// As [`analyse`], of a key space that stands at `root` in its file: pointers are those of the file.
///
/// # Errors
/// As [`analyse`].
pub fn analyse_within(input: &KeyspaceInput, root: &str) -> Result<KeyspaceReport, Vec<Finding>> {
    let (findings, counts) = input.check_within(root);
    let faulty = findings.iter().any(|f| f.severity == Severity::Error);
    match counts.filter(|_| !faulty) {
        Some(counts) => {
            let report = report(input, counts, findings, root);
            report.map_err(|fault| vec![fault.under(root)])
        }
        None => Err(findings),
    }
}

fn report(
    input: &KeyspaceInput,
    counts: Counts,
    mut warnings: Vec<Finding>,
    root: &str,
) -> Result<KeyspaceReport, Finding> {
    let space = &input.space;
    let places = space.mark_places();
    // Counting walks further than a set of codes can be held: then the report does without it.
    let allowed = space.codes().ok();
    let uniform = Distribution::uniform(counts.allowed.clone()).guessing();
    let stated = input.chosen.clone().unwrap_or_default();
    let prior = stated
        .prior(space.rules(), &places, &counts.allowed)
        .map_err(too_large)?;
    let chosen = prior.distribution.guessing();
    let in_force = if input.chosen.is_some() {
        &chosen
    } else {
        &uniform
    };
    let codes = input.codes.as_ref();
    let codes = codes.map(|c| codes_report(input, c, allowed.as_ref(), &counts));
    if let Some(codes) = &codes {
        let merged = merged_gates(&codes.openings).into_iter();
        warnings.extend(merged.map(|f| f.under(root)));
    }
    Ok(KeyspaceReport {
        marks: space.marks(),
        wheels: space.wheels(),
        convention: space.convention(),
        window_half_marks: window_halves(input),
        allowed_per_first_number: allowed.as_ref().map(CodeSet::count_per_first),
        rules: rule_shares(space.rules(), &places, &counts.allowed).map_err(too_large)?,
        codes,
        entropy_bits: in_force.entropy_bits,
        standards: evaluate(&Facts {
            wheels: space.wheels(),
            dialable: counts.dialable.clone(),
            effective_allowed: counts.effective_allowed.clone(),
            window_half_marks: widest(input),
            manipulation_h: None,
        }),
        guess: GuessReport {
            prior: if input.chosen.is_some() {
                "chosen"
            } else {
                "uniform"
            },
            uniform,
            chosen,
            habits: prior.habits,
        },
        counts,
        warnings,
    })
}

/// A warning for every gate that serves several numbers.
fn merged_gates(openings: &Openings) -> Vec<Finding> {
    let wheels = openings.gates.iter().enumerate();
    let merged = wheels.flat_map(|(w, gates)| gates.iter().map(move |gate| (w, gate)));
    merged
        .filter(|(_, gate)| gate.numbers.len() > 1)
        .map(|(wheel, gate)| {
            Finding::warning(
                "WP414",
                "/spares",
                format!(
                    "on wheel {} the windows of {:?} meet: one gate of {} marks serves them all",
                    wheel + 1,
                    gate.numbers,
                    gate.width_marks
                ),
                "the same number, or numbers more than a window apart",
            )
        })
        .collect()
}

fn window_halves(input: &KeyspaceInput) -> Vec<WindowHalf> {
    let halves = input.space.half_windows().iter();
    halves
        .map(|&value| WindowHalf {
            value,
            from: input.window_from,
        })
        .collect()
}

fn widest(input: &KeyspaceInput) -> f64 {
    let halves = input.space.half_windows();
    halves.iter().max().map_or(0.0, |half| half.marks())
}

fn codes_report(
    input: &KeyspaceInput,
    codes: &CodeInput,
    allowed: Option<&CodeSet>,
    counts: &Counts,
) -> CodesReport {
    let windows: Vec<GateWindow> = input.gate_windows();
    let gates = Gates {
        marks: input.space.marks(),
        windows: &windows,
        main: &codes.main,
        spares: &codes.spares,
    };
    let openings = gates.openings(allowed);
    let search_settings = Count(
        counts.effective.0.pow(openings.packs_both)
            + &counts.effective.0 * (openings.packs_either - 1),
    );
    let one_by_one: u64 = counts.positions.iter().map(|&n| u64::from(n) - 1).sum();
    let holder = |(spare, s): (usize, &super::spare::Spare)| SpareHolder {
        spare,
        realisation: s.realisation,
        tries_to_main_max: match s.realisation {
            Realisation::ExtraGates => one_by_one.into(),
            Realisation::SeparatePack | Realisation::ChangeKey => counts.effective.clone(),
        },
    };
    CodesReport {
        bits_lost: counts.effective.log2() + openings.openings.log2() - search_settings.log2(),
        random_order_mean_tries: random_order_mean_tries(&search_settings, &openings.openings),
        search_settings,
        spare_holders: codes.spares.iter().enumerate().map(holder).collect(),
        independent_spares: independent_spares(&input.space, &windows, &codes.main, &codes.spares),
        openings,
    }
}
