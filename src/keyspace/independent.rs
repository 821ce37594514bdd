//! Spares that do not touch each other: the largest sets, and a proposal for a new spare.

use rand::Rng;
use serde::Serialize;

use super::automaton::TooLarge;
use super::code_set::CodeSet;
use super::count::Count;
use super::gate::GateWindow;
use super::mark::{Code, Mark};
use super::rules::not_equal::NotEqual;
use super::rules::wheel_not_in::WheelNotIn;
use super::space::Space;
use super::spare::{Realisation, Spare};

/// Codes drawn at random before the list of candidates is gone through in order.
const DRAWS: usize = 2_000;
/// Candidates gone through in order.
const LISTED: usize = 200_000;

/// Spares that are independent of the main code and of each other, each two of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndependentSpares {
    /// The largest such set among the spares of the design, by their place there.
    pub named: Vec<usize>,
    /// The most extra-gate spares that fit beside the main code, and where.
    pub fitting: Line,
}

/// Codes that differ on one wheel only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The wheel, from 1 in dialing order; 0 where not even one spare fits.
    pub wheel: usize,
    /// The codes, without the main one.
    pub codes: Vec<Code>,
}

/// The largest sets of mutually independent spares.
///
/// Two codes on the same wheels open a mixture as soon as they differ on two wheels, so mutually
/// independent extra-gate codes all differ on one and the same wheel. Separate packs and codes
/// that are only recorded are independent of everything.
#[must_use]
pub fn independent_spares(
    space: &Space,
    windows: &[GateWindow],
    main: &Code,
    spares: &[Spare],
) -> IndependentSpares {
    let on_wheel = |wheel: usize| -> Vec<usize> {
        let differs =
            |code: &Code| (0..windows.len()).all(|w| (code.0[w] != main.0[w]) == (w == wheel));
        let fits = |s: &Spare| s.realisation != Realisation::ExtraGates || differs(&s.code);
        (0..spares.len()).filter(|&i| fits(&spares[i])).collect()
    };
    let lines = (0..windows.len()).map(|wheel| line(space, windows, main, wheel));
    IndependentSpares {
        named: longest((0..windows.len()).map(on_wheel), Vec::len).unwrap_or_default(),
        fitting: longest(lines, |line| line.codes.len())
            .filter(|line| !line.codes.is_empty())
            .unwrap_or(Line {
                wheel: 0,
                codes: Vec::new(),
            }),
    }
}

/// The first of the longest.
fn longest<T>(all: impl Iterator<Item = T>, len: impl Fn(&T) -> usize) -> Option<T> {
    all.fold(None, |best: Option<T>, next| match best {
        Some(best) if len(&best) >= len(&next) => Some(best),
        _ => Some(next),
    })
}

/// The most allowed codes that differ from `main` on `wheel` only and whose gates keep apart.
/// Going up from the main number and taking each that still fits is optimal on a circle.
fn line(space: &Space, windows: &[GateWindow], main: &Code, wheel: usize) -> Line {
    let (marks, places) = (space.marks(), space.mark_places());
    let allowed = |code: &Code| space.rules().broken_by(&places, &code.0).is_empty();
    let apart = windows[wheel].width().micro();
    let mut taken = Vec::new();
    let mut last = 0;
    for offset in 1..marks {
        let from_last = Mark::whole(offset - last).micro();
        let to_main = Mark::whole(marks - offset).micro();
        let mut code = main.clone();
        code.0[wheel] = (main.0[wheel] + offset) % marks;
        if from_last > apart && to_main > apart && allowed(&code) {
            taken.push(code);
            last = offset;
        }
    }
    Line {
        wheel: wheel + 1,
        codes: taken,
    }
}

/// What a proposed spare must be.
#[derive(Debug, Clone)]
pub struct SpareWish<'a> {
    /// The lock.
    pub space: &'a Space,
    /// The main code.
    pub main: &'a Code,
    /// Spares it has already.
    pub spares: &'a [Spare],
    /// How the new one is to be built in.
    pub realisation: Realisation,
    /// Least distance from the main number on every wheel, in marks round the dial.
    pub margin_marks: u32,
}

/// A proposed spare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProposedSpare {
    /// The code.
    pub code: Code,
    /// Least distance from the main number over the wheels, in marks round the dial.
    pub distance_marks: u32,
    /// Mixtures of numbers that the lock then opens at besides its codes; all obey the rules.
    pub ghosts: Count,
}

/// An allowed code that keeps the margin on every wheel and, as extra gates, makes no ghost that
/// breaks a rule; drawn at random, then searched in order. `None` where none was found.
///
/// # Errors
/// Where the rules need too many states.
pub fn propose_spare<R: Rng + ?Sized>(
    wish: &SpareWish<'_>,
    rng: &mut R,
) -> Result<Option<ProposedSpare>, TooLarge> {
    let marks = wish.space.marks();
    if 2 * wish.margin_marks > marks {
        return Ok(None);
    }
    let allowed = CodeSet::new(&wish.space.rules().rules(), wish.space.mark_places())?;
    let candidates = CodeSet::new(&wish.candidate_rules().rules(), wish.space.mark_places())?;
    let drawn = (0..DRAWS).map_while(|_| candidates.sample(rng));
    Ok(drawn
        .chain(candidates.iter().take(LISTED))
        .find_map(|code| wish.judge(&allowed, Code(code))))
}

impl SpareWish<'_> {
    /// The lock's rules, and: far from the main code, unlike every spare.
    fn candidate_rules(&self) -> super::rule_set::RuleSet {
        let marks = self.space.marks();
        let mut rules = self.space.rules().clone().with(NotEqual {
            code: self.main.clone(),
        });
        for spare in self.spares {
            let code = spare.code.clone();
            rules = rules.with(NotEqual { code });
        }
        let Some(reach) = self.margin_marks.checked_sub(1) else {
            return rules;
        };
        for (wheel, &number) in (1..).zip(&self.main.0) {
            rules = rules.with(WheelNotIn {
                wheel,
                from: Mark::whole((number + marks - reach) % marks),
                to: Mark::whole((number + reach) % marks),
            });
        }
        rules
    }

    fn judge(&self, allowed: &CodeSet, code: Code) -> Option<ProposedSpare> {
        let ghosts = if self.realisation == Realisation::ExtraGates {
            self.ghosts(allowed, &code)?
        } else {
            Count::zero()
        };
        let marks = self.space.marks();
        let around = |(&a, &b): (&u32, &u32)| a.abs_diff(b).min(marks - a.abs_diff(b));
        let distance_marks = code.0.iter().zip(&self.main.0).map(around).min()?;
        Some(ProposedSpare {
            code,
            distance_marks,
            ghosts,
        })
    }

    /// Mixtures of the lock's numbers that are no code, or `None` where one breaks a rule.
    fn ghosts(&self, allowed: &CodeSet, code: &Code) -> Option<Count> {
        let extra = |s: &&Spare| s.realisation == Realisation::ExtraGates;
        let pack: Vec<&Code> = [self.main, code]
            .into_iter()
            .chain(self.spares.iter().filter(extra).map(|s| &s.code))
            .collect();
        let choices: Vec<Vec<u32>> = (0..code.0.len())
            .map(|wheel| {
                let mut numbers: Vec<u32> = pack.iter().map(|c| c.0[wheel]).collect();
                numbers.sort_unstable();
                numbers.dedup();
                numbers
            })
            .collect();
        let mixtures = Count::product(choices.iter().map(|c| c.len() as u64));
        (allowed.count_within(&choices) == mixtures)
            .then(|| mixtures.minus(&Count::from(pack.len() as u64)))
    }
}
