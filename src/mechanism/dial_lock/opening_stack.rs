//! Opening and fit as functions of the toleranced dimensions.
//!
//! **What.** The functions whose worst case, RSS and Monte Carlo stand side by side: clearance of the
//! fence in the gate, opening window of one wheel, largest dialing error of the lock, depth of the
//! fence below what opening needs.
//!
//! **Model.** Each value comes from an as-built lock with exactly these dimensions. Runout enters by
//! its part under the fence.
//!
//! **Assumptions.** Functions of opening and fit only: which wheel the fence rests on is a max, so
//! contact readings have no linear contributions and none are offered.
//!
//! **Reference.** `physics.md` 1.3, 5.
//!
//! **Checked by.** `tests/it/laws/owner.rs`.

use super::DialLock;
use super::as_built::{AsBuilt, Deviations, WheelDeviations};
use crate::tolerance::{Part, Stack};

/// Dimensions of one wheel in a stack.
const PER_WHEEL: usize = 4;

impl DialLock {
    /// The functions of opening and fit, for the lock that carries `codes` (the main one first).
    #[must_use]
    pub fn opening_stacks<'a>(&'a self, codes: &'a [Vec<f64>]) -> Vec<Stack<'a>> {
        let fence_mm = self.nominal.fence.flat_mm + 2.0 * self.nominal.fence.radius_mm;
        let arm_mm = self.nominal.fence.centre.coords.norm();
        let built = move |values: &[f64]| AsBuilt::deviating(self, codes, &self.deviations(values));
        let half = move |values: &[f64]| match built(values).window_marks(0) {
            Some((low, high)) => 0.5 * (high - low),
            None => 0.0,
        };
        let error = move |values: &[f64]| {
            let built = built(values);
            let of = |i| {
                built
                    .window_marks(i)
                    .map_or(-3.0, |(low, high)| high.min(-low))
            };
            (0..self.wheels).map(of).fold(f64::INFINITY, f64::min)
        };
        let depth = move |values: &[f64]| {
            (self.open_lever_rad - built(values).rest(&codes[0]).lever_rad) * arm_mm
        };
        let works = (0.0, f64::INFINITY);
        // From a whole mark on, a code one mark off opens too.
        let tells_marks_apart = (0.0, 1.0);
        let all = || self.parts(self.wheels);
        vec![
            Stack {
                name: "gate_clearance_mm",
                parts: vec![Part::straight("gate width", &self.gate_width_mm)],
                function: Box::new(move |values| values[0] - fence_mm),
                limits: works,
            },
            Stack {
                name: "window_half_marks_wheel_1",
                parts: self.parts(1),
                function: Box::new(half),
                limits: tells_marks_apart,
            },
            Stack {
                name: "largest_error_marks",
                parts: all(),
                function: Box::new(error),
                limits: works,
            },
            Stack {
                name: "fence_below_opening_mm",
                parts: all(),
                function: Box::new(depth),
                limits: works,
            },
        ]
    }

    /// The dimensions of the fence and of the first `wheels` wheels.
    fn parts(&self, wheels: usize) -> Vec<Part> {
        let mut parts = vec![Part::straight(
            "fence out of parallel",
            &self.fence_out_of_parallel,
        )];
        for i in 1..=wheels {
            let name = |what: &str| format!("wheel {i} {what}");
            parts.extend([
                Part::straight(name("rim radius"), &self.rim_radius_mm),
                Part::round(name("runout"), &self.runout_mm),
                Part::straight(name("gate width"), &self.gate_width_mm),
                Part::straight(name("gate position"), &self.gate_position_marks),
            ]);
        }
        parts
    }

    fn deviations(&self, values: &[f64]) -> Deviations {
        let wheel = |v: &[f64]| WheelDeviations {
            taller_mm: v[0] - self.rim_radius_mm.nominal + v[1],
            wider_mm: v[2] - self.gate_width_mm.nominal,
            position_marks: v[3],
        };
        Deviations {
            fence_slope: values[0],
            wheels: values[1..].chunks_exact(PER_WHEEL).map(wheel).collect(),
        }
    }
}
