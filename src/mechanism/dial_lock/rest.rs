//! Where the fence rests on an as-built lock.
//!
//! **What.** The lever angle for given wheel positions, and so what the contact points read, whether
//! the lock opens, and the opening window of each wheel.
//!
//! **Model.** `λ = max_i [ Λ_i(θ_i + δ_i) + J_R (ΔR_i + e_i cos(θ_i − φ_i)) + J_z ψ z_i ]`, from the
//! tables of the nominal gates (`physics.md` 1.3). A wider gate shifts both its edges by half the
//! excess. [`AsBuilt::resolve`] solves the perturbed geometry in full instead. A fence with rocking
//! play `ψ_p` takes the slope within `±ψ_p` that lets the lever sink deepest at the nose (the upper
//! hull of the wheels' points at the nose's place): `λ = min_s max_i [ λ_i + J_z s (z_i − z_n) ]`.
//!
//! **Assumptions.** First-order terms for reading; the nose lies one pitch beyond the last wheel.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/contact.rs`: 10,000 random as-built locks of every shipped design
//! against the full re-solve (within 2 % of the change or 0.002 mark but for at most 2 in 1000, where
//! the fence hangs on a gate's steep edge: there within 0.2 mark); the rocking fence against a search
//! over its slope.

use super::as_built::{AsBuilt, BuiltWheel};
use super::{Lift, Nominal};
use crate::geometry::{Bar, Vector};
use crate::math;
use crate::units::{TURN_RAD, circular_difference};

/// Where the fence rests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// Lever angle, rad.
    pub lever_rad: f64,
    /// The wheel it rests on, 0-based.
    pub wheel: usize,
}

impl AsBuilt<'_> {
    /// Where the fence rests when wheel i shows `numbers[i]` marks (in its standard direction).
    #[inline]
    #[must_use]
    pub fn rest(&self, numbers: &[f64]) -> Rest {
        self.on_wheels(|i| self.lift_first_order(i, self.turn_rad(i, numbers[i])))
    }

    /// The same from a full solution of the perturbed geometry (slow; the check on [`Self::rest`]).
    #[must_use]
    pub fn resolve(&self, numbers: &[f64]) -> Rest {
        self.on_wheels(|i| {
            let turn = self.turn_rad(i, numbers[i]);
            let wheel = &self.wheels[i];
            let radius = self.lock.rim_radius_mm.nominal + self.rise_mm(wheel, turn);
            let fence = Bar {
                centre: self.lock.nominal.fence.centre + Vector::new(0.0, wheel.fence_rise_mm),
                ..self.lock.nominal.fence
            };
            let nominal = Nominal {
                fence,
                ..self.lock.nominal.clone()
            };
            nominal.lift(&self.outline(i, radius), turn)
        })
    }

    /// Whether the lever falls to the opening depth with the wheels at `numbers`.
    #[must_use]
    pub fn opens(&self, numbers: &[f64]) -> bool {
        self.rest(numbers).lever_rad <= self.lock.open_lever_rad
    }

    /// The lever angle at which wheel `i` alone would hold the fence when it shows `number`, rad.
    #[must_use]
    pub fn lever_on_wheel_rad(&self, i: usize, number: f64) -> f64 {
        self.lift_first_order(i, self.turn_rad(i, number)).lever_rad
    }

    /// Numbers, as marks from the code's, between which wheel `i` alone lets the lever fall to the
    /// opening depth; `None` where it nowhere does within 3 marks.
    #[must_use]
    pub fn window_marks(&self, i: usize) -> Option<(f64, f64)> {
        let is_open = |off: f64| {
            let number = self.wheels[i].number_marks + off;
            self.lever_on_wheel_rad(i, number) <= self.lock.open_lever_rad
        };
        let inside = (0..=30)
            .flat_map(|k| [0.1, -0.1].map(|s| s * f64::from(k)))
            .find(|x| is_open(*x))?;
        let edge = |step: f64| {
            let mut open = inside;
            while is_open(open + step) && (open - inside).abs() < 20.0 {
                open += step;
            }
            let mut shut = open + step;
            for _ in 0..40 {
                let mid = 0.5 * (open + shut);
                if is_open(mid) {
                    open = mid;
                } else {
                    shut = mid;
                }
            }
            open
        };
        Some((edge(-0.25), edge(0.25)))
    }

    /// How far each wheel at `numbers` stands from its nearest gate of a code, signed, marks.
    #[must_use]
    pub fn off_by_marks(&self, numbers: &[f64]) -> Vec<f64> {
        let per_mark = self.lock.rad_per_mark();
        let off = |(i, wheel): (usize, &BuiltWheel)| {
            let turn = self.turn_rad(i, numbers[i]);
            let gates = wheel.gates.iter().filter(|g| g.shape == 0);
            let from =
                gates.map(|g| circular_difference(turn + g.centre_rad, 0.0, TURN_RAD) / per_mark);
            from.map(|o| o - self.lock.index_marks)
                .min_by(|a, b| a.abs().total_cmp(&b.abs()))
                .unwrap_or(f64::NAN)
        };
        self.wheels.iter().enumerate().map(off).collect()
    }

    #[inline]
    fn on_wheels(&self, lift: impl Fn(usize) -> Lift) -> Rest {
        if self.lock.rocking_play > 0.0 {
            let lifts: Vec<Lift> = (0..self.wheels.len()).map(lift).collect();
            return self.rocked(&lifts);
        }
        highest((0..self.wheels.len()).map(|i| lift(i).lever_rad))
    }

    /// The rest at the slope, within the rocking play, at which the nose is lowest.
    fn rocked(&self, lifts: &[Lift]) -> Rest {
        let nose_mm = self.lock.z_mm(lifts.len());
        let lines: Vec<(f64, f64)> = lifts
            .iter()
            .enumerate()
            .map(|(i, l)| (l.lever_rad, l.per_height * (self.lock.z_mm(i) - nose_mm)))
            .collect();
        let at = |slope: f64| highest(lines.iter().map(|(level, rate)| level + rate * slope));
        // A convex function of the slope: least at an end or where two lines cross.
        let play = self.lock.rocking_play;
        let mut best = at(play);
        let crossings = (0..lines.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let slopes = crossings.map(|(i, j)| (lines[j].0 - lines[i].0) / (lines[i].1 - lines[j].1));
        for slope in slopes.filter(|s| s.abs() <= play).chain([-play]) {
            let rest = at(slope);
            if rest.lever_rad < best.lever_rad {
                best = rest;
            }
        }
        best
    }

    /// Turn of wheel `i` from where its (nominal) true gate stands on the fence line, rad.
    #[inline]
    fn turn_rad(&self, i: usize, number: f64) -> f64 {
        self.lock.offset_marks(number, self.wheels[i].number_marks) * self.lock.rad_per_mark()
    }

    #[inline]
    fn rise_mm(&self, wheel: &BuiltWheel, turn_rad: f64) -> f64 {
        wheel.taller_mm + wheel.runout_mm * math::cos(turn_rad - wheel.runout_rad)
    }

    #[inline]
    fn lift_first_order(&self, i: usize, turn_rad: f64) -> Lift {
        let wheel = &self.wheels[i];
        let lift = self.nominal_lift(i, turn_rad);
        let lever_rad = lift.lever_rad
            + lift.per_radius * self.rise_mm(wheel, turn_rad)
            + lift.per_height * wheel.fence_rise_mm;
        Lift { lever_rad, ..lift }
    }

    #[inline]
    fn nominal_lift(&self, i: usize, turn_rad: f64) -> Lift {
        let nominal = &self.lock.nominal;
        for gate in &self.wheels[i].gates {
            let offset = circular_difference(turn_rad + gate.centre_rad, 0.0, TURN_RAD);
            let shift = 0.5 * gate.wider_mm / self.lock.rim_radius_mm.nominal;
            let offset = if offset > 0.0 {
                offset - shift
            } else {
                offset + shift
            };
            let profile = &self.lock.profiles[gate.shape];
            if offset.abs() < profile.reach_rad() {
                return match &self.outlines[i] {
                    Some(outline) if gate.crowded => nominal.lift(outline, turn_rad),
                    _ => profile.at(nominal, offset),
                };
            }
        }
        nominal.rim
    }
}

/// The highest of the lever angles, and whose it is.
#[inline]
fn highest(levers: impl Iterator<Item = f64>) -> Rest {
    let mut rest = Rest {
        lever_rad: f64::NEG_INFINITY,
        wheel: 0,
    };
    for (wheel, lever_rad) in levers.enumerate() {
        if lever_rad > rest.lever_rad {
            rest = Rest { lever_rad, wheel };
        }
    }
    rest
}
