//! Where the fence rests on an as-built lock.
//!
//! **What.** The lever angle for given wheel positions, and so what the contact points read, whether
//! the lock opens, and the opening window of each wheel.
//!
//! **Model.** `λ = max_i [ Λ_i(θ_i + δ_i, ΔR_i + e_i cos(θ_i − φ_i)) + J_z ψ z_i ]`: on a plain rim to
//! the second order in the rise (`physics.md` 1.3), over a gate from its table over offset and rise. A
//! wider gate shifts both its edges by half the excess. At the kinks of a gate, where no table holds,
//! the gate as built is solved in closed form; [`AsBuilt::resolve`] solves whole wheels so everywhere. A
//! fence with rocking play `ψ_p` takes the slope within `±ψ_p` that lets the lever sink deepest at the nose (the
//! upper hull of the wheels' points at the nose's place): `λ = min_s max_i [ λ_i + J_z s (z_i − z_n) ]`.
//!
//! **Assumptions.** The nose lies one pitch beyond the last wheel; a rocking fence has the sensitivity
//! `J_z` of the plain rim over every wheel.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/contact.rs`: 10,000 random as-built locks of every shipped design
//! against the full re-solve; `tests/it/laws/rocking.rs` against a search over the slope.

use super::MOST_WHEELS;
use super::as_built::{AsBuilt, BuiltGate, BuiltWheel};
use super::profile::Answer;
use crate::geometry::{Bar, Pairs, Vector};
use crate::math;
use crate::units::{TURN_RAD, circular_difference, circular_difference_near};

/// How much higher than by the terms of the tables a plain rim may hold the lever, rad.
pub(super) const RIM_SLACK_RAD: f64 = 1e-4;

/// Where the fence rests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// Lever angle, rad.
    pub lever_rad: f64,
    /// The wheel it rests on, 0-based.
    pub wheel: usize,
}

impl Rest {
    const NOWHERE: Self = Self {
        lever_rad: f64::NEG_INFINITY,
        wheel: 0,
    };

    /// `wheel` holds the lever at `lever_rad`; of wheels of one height the fence rests on the first.
    #[inline]
    fn raise(&mut self, wheel: usize, lever_rad: f64) {
        let is_first = lever_rad >= self.lever_rad && wheel < self.wheel;
        if lever_rad > self.lever_rad || is_first {
            *self = Self { lever_rad, wheel };
        }
    }
}

/// A wheel taken as a plain rim.
#[derive(Clone, Copy)]
pub(super) struct OnRim {
    pub(super) turn_rad: f64,
    pub(super) rise_mm: f64,
    pub(super) lever_rad: f64,
}

/// What the tables say of a wheel.
enum ReadOff {
    /// The lever angle, rad.
    Lever(f64),
    /// Only a solution of the gate knows it.
    Solve(Late),
}

/// What is to be solved.
#[derive(Clone, Copy)]
enum Late {
    /// Gate `k` alone, of which one of the pairs touches.
    Lone(usize, Pairs),
    /// Gates that share a signature.
    All,
}

impl AsBuilt<'_> {
    /// Where the fence rests when wheel i shows `numbers[i]` marks (in its standard direction).
    #[inline]
    #[must_use]
    pub fn rest(&self, numbers: &[f64]) -> Rest {
        if self.lock.rocking_play > 0.0 {
            return self.on_wheels(|i| self.lever_on_wheel_rad(i, numbers[i]));
        }
        let mut rest = Rest::NOWHERE;
        let mut under = [None; MOST_WHEELS];
        for (i, &number) in numbers.iter().enumerate().take(self.wheels.len()) {
            let turn_rad = self.turn_rad(i, number);
            let rim = self.on_rim(i, turn_rad);
            under[i] = self
                .gate_under(&self.wheels[i], turn_rad, 0)
                .map(|g| (rim, g));
            if under[i].is_none() {
                rest.raise(i, rim.lever_rad);
            }
        }
        // Over a gate the lever is never higher than on the plain rim; and what the tables do not
        // know is solved last. Both only where the wheel can be the highest.
        let mut late = [None; MOST_WHEELS];
        for (i, under) in under.iter().enumerate() {
            if let Some((rim, gate)) = under
                && rim.lever_rad + RIM_SLACK_RAD >= rest.lever_rad
            {
                match self.over_gate(i, *rim, *gate) {
                    ReadOff::Lever(lever_rad) => rest.raise(i, lever_rad),
                    ReadOff::Solve(what) => late[i] = Some((*rim, what)),
                }
            }
        }
        for (i, late) in late.iter().enumerate() {
            if let Some((rim, what)) = late
                && rim.lever_rad + RIM_SLACK_RAD >= rest.lever_rad
            {
                rest.raise(i, self.solve_late(i, rim.turn_rad, *what));
            }
        }
        rest
    }

    /// The same from a full solution of the perturbed geometry (slow; the check on [`Self::rest`]).
    #[must_use]
    pub fn resolve(&self, numbers: &[f64]) -> Rest {
        self.on_wheels(|i| {
            let turn = self.turn_rad(i, numbers[i]);
            self.solve(i, turn, &self.wheels[i].gates)
        })
    }

    /// Whether the lever falls to the opening depth with the wheels at `numbers`.
    #[must_use]
    pub fn opens(&self, numbers: &[f64]) -> bool {
        let open_rad = self.lock.open_lever_rad;
        if self.lock.rocking_play > 0.0 {
            return self.rest(numbers).lever_rad <= open_rad;
        }
        // One wheel that holds the fence up is enough.
        (0..self.wheels.len()).all(|i| self.lever_on_wheel_rad(i, numbers[i]) <= open_rad)
    }

    /// The lever angle at which wheel `i` alone would hold the fence when it shows `number`, rad.
    #[must_use]
    pub fn lever_on_wheel_rad(&self, i: usize, number: f64) -> f64 {
        let rim = self.on_rim(i, self.turn_rad(i, number));
        self.lever_above_rad(i, rim, f64::NEG_INFINITY)
    }

    /// The lever angle at which wheel `i`, as it stands, alone would hold the fence, rad; free fall where the tables
    /// tell that it is not above `rad`.
    #[inline]
    pub(super) fn lever_above_rad(&self, i: usize, rim: OnRim, rad: f64) -> f64 {
        let wheel = &self.wheels[i];
        let Some(gate) = self.gate_under(wheel, rim.turn_rad, 0) else {
            return rim.lever_rad;
        };
        let BuiltGate {
            crowded,
            shape,
            shift_rad,
            ..
        } = wheel.gates[gate.0];
        let (profile, rises) = (
            &self.lock.profiles[shape],
            (rim.rise_mm, wheel.fence_rise_mm),
        );
        // In the middle of a gate cut too narrow the table sees one of its edges only.
        let is_told =
            !crowded && gate.1.abs() <= profile.reach_rad() && gate.1.abs() > -3.0 * shift_rad;
        if is_told && rad > f64::NEG_INFINITY && profile.is_below(gate.1, rises, rad) {
            return f64::NEG_INFINITY;
        }
        match self.over_gate(i, rim, gate) {
            ReadOff::Lever(lever_rad) => lever_rad,
            ReadOff::Solve(what) => self.solve_late(i, rim.turn_rad, what),
        }
    }

    /// Whether the rim of wheel `i`, and no gate, is under the fence when it shows `number`.
    #[must_use]
    pub fn is_on_rim(&self, i: usize, number: f64) -> bool {
        let turn_rad = self.turn_rad(i, number);
        self.gate_under(&self.wheels[i], turn_rad, 0).is_none()
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
            // To 4e-6 marks.
            for _ in 0..16 {
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

    /// The rest by the lever angle on each wheel, rad.
    fn on_wheels(&self, lever: impl Fn(usize) -> f64) -> Rest {
        if self.lock.rocking_play > 0.0 {
            let levers = (0..self.wheels.len()).map(lever);
            return self.rocked(&levers.collect::<Vec<f64>>());
        }
        highest(self.wheels.len(), lever)
    }

    /// The rest at the slope, within the rocking play, at which the nose is lowest.
    fn rocked(&self, levers: &[f64]) -> Rest {
        let nose_mm = self.lock.z_mm(levers.len());
        let per_height = self.lock.nominal.rim.per_height;
        let rate = |i: usize| per_height * (self.lock.z_mm(i) - nose_mm);
        let at = |slope: f64| highest(levers.len(), |i| levers[i] + rate(i) * slope);
        // A convex function of the slope: least at an end or where two lines cross.
        let play = self.lock.rocking_play;
        let mut best = at(play);
        let crossings = (0..levers.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let slopes = crossings.map(|(i, j)| (levers[j] - levers[i]) / (rate(i) - rate(j)));
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
    pub(super) fn turn_rad(&self, i: usize, number: f64) -> f64 {
        let shown = number + self.lock.index_marks;
        circular_difference_near(
            shown,
            self.wheels[i].number_marks,
            f64::from(self.lock.marks),
        ) * self.lock.rad_per_mark()
    }

    #[inline]
    fn rise_mm(&self, wheel: &BuiltWheel, turn_rad: f64) -> f64 {
        wheel.taller_mm + wheel.runout_mm * math::cos_coarse(turn_rad - wheel.runout_rad)
    }

    /// Wheel `i` turned by `turn_rad`, taken as a plain rim.
    #[inline]
    pub(super) fn on_rim(&self, i: usize, turn_rad: f64) -> OnRim {
        let (wheel, nominal) = (&self.wheels[i], &self.lock.nominal);
        let rise_mm = self.rise_mm(wheel, turn_rad);
        OnRim {
            turn_rad,
            rise_mm,
            lever_rad: nominal.raised(nominal.rim, rise_mm, wheel.fence_rise_mm),
        }
    }

    /// What the tables say of the lever on wheel `i`, its gate `k` at `offset` under the fence.
    #[inline]
    fn over_gate(&self, i: usize, rim: OnRim, (k, offset): (usize, f64)) -> ReadOff {
        let wheel = &self.wheels[i];
        let gate = &wheel.gates[k];
        if gate.crowded && self.gate_under(wheel, rim.turn_rad, k + 1).is_some() {
            return ReadOff::Solve(Late::All);
        }
        let profile = &self.lock.profiles[gate.shape];
        if offset.abs() > profile.reach_rad() {
            return ReadOff::Lever(rim.lever_rad);
        }
        match profile.at(offset, rim.rise_mm) {
            Answer::Solve(pairs) => ReadOff::Solve(Late::Lone(k, pairs)),
            Answer::Lever(lever_rad, per_height) => {
                ReadOff::Lever(lever_rad + per_height * wheel.fence_rise_mm)
            }
        }
    }

    /// The lever on wheel `i`, gates of which are under the fence, from the perturbed geometry.
    fn solve_late(&self, i: usize, turn_rad: f64, what: Late) -> f64 {
        let wheel = &self.wheels[i];
        match what {
            Late::All => self.solve(i, turn_rad, &wheel.gates),
            Late::Lone(k, pairs) => {
                let gate = &wheel.gates[k];
                let rim_mm = self.rim_mm(wheel, turn_rad);
                let axis = circular_difference_near(turn_rad, -gate.centre_rad, TURN_RAD);
                let lever = self.lock.nominal.lever.lever_over(
                    &self.fence(wheel),
                    (rim_mm, &gate.cut(self.lock)),
                    axis,
                    pairs,
                );
                lever.unwrap_or(f64::NEG_INFINITY)
            }
        }
    }

    /// The first gate from `from` on whose signature is under the fence, and its offset, rad.
    #[inline]
    fn gate_under(&self, wheel: &BuiltWheel, turn_rad: f64, from: usize) -> Option<(usize, f64)> {
        for (k, gate) in wheel.gates.iter().enumerate().skip(from) {
            let offset = circular_difference_near(turn_rad, -gate.centre_rad, TURN_RAD);
            if offset.abs() < gate.within_rad {
                let shift = gate.shift_rad;
                return Some((k, offset - if offset > 0.0 { shift } else { -shift }));
            }
        }
        None
    }

    /// The lever on wheel `i` with nothing but `gates` cut, from the perturbed geometry in full.
    fn solve(&self, i: usize, turn_rad: f64, gates: &[BuiltGate]) -> f64 {
        let wheel = &self.wheels[i];
        let outline = self.cut(self.rim_mm(wheel, turn_rad), gates);
        let lever = &self.lock.nominal.lever;
        let touch = lever.first_touch(&self.fence(wheel), &outline, turn_rad);
        touch.map_or(f64::NEG_INFINITY, |t| t.lever_rad)
    }

    /// Radius of the rim under the fence, mm.
    fn rim_mm(&self, wheel: &BuiltWheel, turn_rad: f64) -> f64 {
        self.lock.rim_radius_mm.nominal + self.rise_mm(wheel, turn_rad)
    }

    /// The fence as it lies over `wheel`.
    fn fence(&self, wheel: &BuiltWheel) -> Bar {
        let fence = self.lock.nominal.fence;
        Bar {
            centre: fence.centre + Vector::new(0.0, wheel.fence_rise_mm),
            ..fence
        }
    }
}

/// The highest of `wheels` by the lever on each, and whose it is.
fn highest(wheels: usize, lever: impl Fn(usize) -> f64) -> Rest {
    let mut rest = Rest::NOWHERE;
    for wheel in 0..wheels {
        rest.raise(wheel, lever(wheel));
    }
    rest
}
