//! Which codes the maker allows, asked about one code or about many settings at once.

use crate::rng::Stream;

/// The codes that the maker allows. Any test of a code will do; who knows the codes as a structure answers
/// about many settings faster (`study/trials.rs` for a code set).
pub trait Allowed: Sync {
    /// Whether `code` (whole marks, one a wheel) is allowed.
    fn contains(&self, code: &[u32]) -> bool;

    /// How many codes are allowed, of `wheels` wheels on a dial of `marks`; all of them where nobody has
    /// counted.
    fn about(&self, marks: u32, wheels: usize) -> f64 {
        std::iter::repeat_n(f64::from(marks), wheels).product()
    }

    /// An allowed code drawn uniformly; `None` where nobody can draw one without looking at all.
    fn draw(&self, rng: &mut Stream) -> Option<Vec<u32>> {
        let _ = rng;
        None
    }

    /// Whether some allowed code has on every wheel i one of `choices[i]`.
    fn any(&self, choices: &[Vec<u32>]) -> bool {
        is_any(self, choices, &mut vec![0; choices.len()], 0)
    }

    /// For each `width` (above 0) of `marks`, one group after the other: whether some allowed code has one
    /// of them on wheel number `wheel` and, on every other wheel i, one of `choices[i]`.
    fn which(
        &self,
        wheel: usize,
        (marks, width): (&[u32], usize),
        choices: &[Vec<u32>],
    ) -> Vec<bool> {
        let mut choices = choices.to_vec();
        let mut code = vec![0; choices.len()];
        let answer = |group: &[u32]| {
            choices[wheel].clear();
            choices[wheel].extend_from_slice(group);
            is_any(self, &choices, &mut code, 0)
        };
        marks.chunks(width).map(answer).collect()
    }
}

impl<F: Fn(&[u32]) -> bool + Sync> Allowed for F {
    fn contains(&self, code: &[u32]) -> bool {
        self(code)
    }
}

/// Whether some code of `choices` is allowed that has the marks in `code` before wheel number `i`.
fn is_any(
    allowed: &(impl Allowed + ?Sized),
    choices: &[Vec<u32>],
    code: &mut [u32],
    i: usize,
) -> bool {
    let Some(choice) = choices.get(i) else {
        return allowed.contains(code);
    };
    choice.iter().any(|&mark| {
        code[i] = mark;
        is_any(allowed, choices, code, i + 1)
    })
}
