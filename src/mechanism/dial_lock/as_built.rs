//! One as-built lock: every part drawn from its tolerance, with a code set on it.
//!
//! **What.** Where the fence rests for given wheel positions, and so what the contact points read.
//!
//! **Model.** `λ = max_i [ Λ_i(θ_i + δ_i) + J_R (ΔR_i + e_i cos(θ_i − φ_i)) + J_z ψ z_i ]`, from the
//! tables of the nominal gates (`physics.md` 1.3). A wider gate shifts both its edges by half the
//! excess. [`AsBuilt::resolve`] solves the perturbed geometry in full instead.
//!
//! **Assumptions.** First-order terms for reading; the fence does not rock.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/contact.rs`: 10,000 random as-built locks of every shipped design
//! against the full re-solve.

use super::sector::{Reach, Sectors};
use super::{DialLock, Lift, Nominal};
use crate::geometry::{Bar, Outline, Slot, SlotShape, Vector};
use crate::math;
use crate::units::{TURN_RAD, circular_difference, circular_difference_near};
use rand::{Rng, RngExt};

/// A gate as cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BuiltGate {
    /// Angle of its centre from the wheel's reference, counter-clockwise, rad.
    pub centre_rad: f64,
    /// Excess of its width, mm.
    pub wider_mm: f64,
    /// Index of its shape and profile.
    pub shape: usize,
    /// How far each of its edges is shifted by the excess, rad.
    shift_rad: f64,
    /// Whether its signature overlaps that of another gate of the wheel.
    crowded: bool,
}

/// A wheel as built.
#[derive(Debug, Clone, PartialEq)]
pub struct BuiltWheel {
    /// Excess of the rim radius, mm.
    pub taller_mm: f64,
    /// Eccentricity, mm, ≥ 0.
    pub runout_mm: f64,
    /// Direction of the eccentricity on the wheel, rad.
    pub runout_rad: f64,
    /// Rise of the fence over this wheel, mm.
    pub fence_rise_mm: f64,
    /// Number for which the wheel's reference is set, marks.
    pub number_marks: f64,
    /// All gates: the true one first, then spares, then false ones.
    pub gates: Vec<BuiltGate>,
}

/// One as-built lock.
#[derive(Debug, Clone)]
pub struct AsBuilt<'a> {
    lock: &'a DialLock,
    wheels: Vec<BuiltWheel>,
    outlines: Vec<Option<Outline>>,
    sectors: Vec<Sectors>,
}

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

    /// The fence meets `wheel` at `lever_rad`; of wheels of one height it rests on the first.
    #[inline]
    fn raise(&mut self, wheel: usize, lever_rad: f64) {
        let is_first = lever_rad >= self.lever_rad && wheel < self.wheel;
        if lever_rad > self.lever_rad || is_first {
            *self = Self { lever_rad, wheel };
        }
    }
}

impl<'a> AsBuilt<'a> {
    /// The nominal lock with `codes[0]` as main code and the others as extra gates (each a number
    /// per wheel, marks).
    #[must_use]
    pub fn nominal(lock: &'a DialLock, codes: &[Vec<f64>]) -> Self {
        Self::build(
            lock,
            codes,
            &mut || 0.0,
            &mut |d: &crate::tolerance::Dimension| d.nominal,
        )
    }

    /// A lock drawn from the tolerances with `rng`.
    pub fn sample(lock: &'a DialLock, codes: &[Vec<f64>], rng: &mut impl Rng) -> Self {
        // One generator serves both draws, in a fixed order.
        let rng = std::cell::RefCell::new(rng);
        Self::build(
            lock,
            codes,
            &mut || TURN_RAD * rng.borrow_mut().random::<f64>(),
            &mut |d: &crate::tolerance::Dimension| d.sample(&mut *rng.borrow_mut()),
        )
    }

    fn build(
        lock: &'a DialLock,
        codes: &[Vec<f64>],
        phase: &mut dyn FnMut() -> f64,
        draw: &mut dyn FnMut(&crate::tolerance::Dimension) -> f64,
    ) -> Self {
        let slope = draw(&lock.fence_out_of_parallel);
        let mut wheels: Vec<BuiltWheel> = (0..lock.wheels)
            .map(|i| {
                let taller_mm = draw(&lock.rim_radius_mm) - lock.rim_radius_mm.nominal;
                let runout_mm = draw(&lock.runout_mm).max(0.0);
                #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
                let z_mm = (i + 1) as f64 * lock.wheel_pitch_mm;
                BuiltWheel {
                    taller_mm,
                    runout_mm,
                    runout_rad: phase(),
                    fence_rise_mm: slope * z_mm,
                    number_marks: codes[0][i],
                    gates: Vec::new(),
                }
            })
            .collect();
        for (i, wheel) in wheels.iter_mut().enumerate() {
            for (from_gate, shape) in lock.gates_of(i, codes) {
                let position = draw(&lock.gate_position_marks);
                let wider_mm = if shape == 0 {
                    draw(&lock.gate_width_mm) - lock.gate_width_mm.nominal
                } else {
                    0.0
                };
                wheel.gates.push(BuiltGate {
                    centre_rad: circular_difference(
                        (position - from_gate) * lock.rad_per_mark(),
                        0.0,
                        TURN_RAD,
                    ),
                    wider_mm,
                    shape,
                    shift_rad: 0.5 * wider_mm / lock.rim_radius_mm.nominal,
                    crowded: false,
                });
            }
        }
        let mut built = Self {
            lock,
            wheels,
            outlines: Vec::new(),
            sectors: Vec::new(),
        };
        built.outlines = (0..lock.wheels).map(|i| built.mark_crowded(i)).collect();
        built.sectors = (0..lock.wheels).map(|i| built.sectors_of(i)).collect();
        built
    }

    /// The nominal mechanism it was built from.
    #[must_use]
    pub fn lock(&self) -> &'a DialLock {
        self.lock
    }

    /// The wheels.
    #[must_use]
    pub fn wheels(&self) -> &[BuiltWheel] {
        &self.wheels
    }

    /// Where the fence rests when wheel i shows `numbers[i]` marks (in its standard direction).
    #[inline]
    #[must_use]
    pub fn rest(&self, numbers: &[f64]) -> Rest {
        let mut rest = Rest::NOWHERE;
        let mut late = 0_u64;
        for (i, &number) in numbers.iter().enumerate().take(self.wheels.len()) {
            let turn = self.turn_rad(i, number);
            match self.tabled(i, turn) {
                Some(lift) => rest.raise(i, self.first_order(i, turn, lift)),
                None => late |= 1 << i,
            }
        }
        // What is not in the tables is solved only where it can be the highest.
        while late != 0 {
            let i = late.trailing_zeros() as usize;
            late &= late - 1;
            let turn = self.turn_rad(i, numbers[i]);
            if self.ceiling(i, turn) >= rest.lever_rad {
                rest.raise(i, self.first_order(i, turn, self.solved(i, turn)));
            }
        }
        rest
    }

    /// The same from a full solution of the perturbed geometry (slow; the check on [`Self::rest`]).
    #[must_use]
    pub fn resolve(&self, numbers: &[f64]) -> Rest {
        let mut rest = Rest::NOWHERE;
        for (i, (wheel, &number)) in self.wheels.iter().zip(numbers).enumerate() {
            let turn = self.turn_rad(i, number);
            let radius = self.lock.rim_radius_mm.nominal + self.rise_mm(wheel, turn);
            let fence = Bar {
                centre: self.lock.nominal.fence.centre + Vector::new(0.0, wheel.fence_rise_mm),
                ..self.lock.nominal.fence
            };
            let nominal = Nominal {
                fence,
                ..self.lock.nominal.clone()
            };
            rest.raise(i, nominal.lift(&self.outline(i, radius), turn).lever_rad);
        }
        rest
    }

    /// Whether the lock opens with the wheels at `numbers`.
    #[must_use]
    pub fn opens(&self, numbers: &[f64]) -> bool {
        self.rest(numbers).lever_rad <= self.lock.open_lever_rad
    }

    /// Turn of wheel `i` from where its (nominal) true gate stands on the fence line, rad.
    #[inline]
    fn turn_rad(&self, i: usize, number: f64) -> f64 {
        let shown = number + self.lock.window.centre_marks();
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

    /// The lever angle on wheel `i` as built where it is `lift` on the nominal one, rad.
    #[inline]
    fn first_order(&self, i: usize, turn_rad: f64, lift: Lift) -> f64 {
        let wheel = &self.wheels[i];
        lift.lever_rad
            + lift.per_radius * self.rise_mm(wheel, turn_rad)
            + lift.per_height * wheel.fence_rise_mm
    }

    /// What the lever angle on wheel `i` is not above, rad.
    fn ceiling(&self, i: usize, turn_rad: f64) -> f64 {
        let Some((gate, offset)) = self.gate_under(i, turn_rad) else {
            return f64::INFINITY;
        };
        // Further gates beside this one only let the fence sink deeper.
        let top = self.lock.profiles[gate.shape].ceiling(offset);
        let wheel = &self.wheels[i];
        top.lever_rad
            + top.per_radius * self.rise_mm(wheel, turn_rad).abs()
            + top.per_height * wheel.fence_rise_mm.abs()
    }

    /// The lift on the nominal wheel `i` from the tables; `None` where only the closed form knows it.
    #[inline]
    fn tabled(&self, i: usize, turn_rad: f64) -> Option<Lift> {
        match self.gate_under(i, turn_rad) {
            None => Some(self.lock.nominal.rim),
            Some((gate, _)) if gate.crowded => None,
            Some((gate, offset)) => self.lock.profiles[gate.shape].at(offset),
        }
    }

    /// The lift on the nominal wheel `i` in closed form.
    fn solved(&self, i: usize, turn_rad: f64) -> Lift {
        let nominal = &self.lock.nominal;
        match (self.gate_under(i, turn_rad), &self.outlines[i]) {
            (None, _) => nominal.rim,
            (Some((gate, _)), Some(outline)) if gate.crowded => nominal.lift(outline, turn_rad),
            (Some((gate, offset)), _) => self.lock.profiles[gate.shape].solve(nominal, offset),
        }
    }

    /// The first gate of wheel `i` that is felt, with its offset from the fence line, rad.
    #[inline]
    fn gate_under(&self, i: usize, turn_rad: f64) -> Option<(&BuiltGate, f64)> {
        let gates = &self.wheels[i].gates;
        gates[self.sectors[i].near(turn_rad)]
            .iter()
            .find_map(|gate| {
                let offset = circular_difference_near(turn_rad, -gate.centre_rad, TURN_RAD);
                let offset = if offset > 0.0 {
                    offset - gate.shift_rad
                } else {
                    offset + gate.shift_rad
                };
                (offset.abs() < self.lock.profiles[gate.shape].reach_rad())
                    .then_some((gate, offset))
            })
    }

    fn sectors_of(&self, i: usize) -> Sectors {
        Sectors::new(self.wheels[i].gates.iter().map(|gate| Reach {
            at_rad: -gate.centre_rad,
            half_rad: self.lock.profiles[gate.shape].reach_rad() + gate.shift_rad.abs(),
        }))
    }

    /// The outline of wheel `i` with its gates as cut, on a rim of `radius_mm`.
    #[must_use]
    pub fn outline(&self, i: usize, radius_mm: f64) -> Outline {
        let slots: Vec<Slot> = self.wheels[i]
            .gates
            .iter()
            .map(|g| {
                let shape = self.lock.shapes[g.shape];
                let shape = SlotShape {
                    mouth_mm: shape.mouth_mm + g.wider_mm,
                    ..shape
                };
                Slot {
                    centre_rad: g.centre_rad,
                    shape,
                }
            })
            .collect();
        Outline::new(radius_mm, &slots)
    }

    /// Marks gates whose signatures overlap; such a wheel keeps its whole outline.
    fn mark_crowded(&mut self, i: usize) -> Option<Outline> {
        let reach = |g: &BuiltGate| self.lock.profiles[g.shape].reach_rad();
        let gates = &self.wheels[i].gates;
        let crowded: Vec<bool> = (0..gates.len())
            .map(|a| {
                (0..gates.len()).any(|b| {
                    let apart =
                        circular_difference(gates[a].centre_rad, gates[b].centre_rad, TURN_RAD);
                    a != b && apart.abs() < reach(&gates[a]) + reach(&gates[b])
                })
            })
            .collect();
        for (gate, &c) in self.wheels[i].gates.iter_mut().zip(&crowded) {
            gate.crowded = c;
        }
        crowded
            .contains(&true)
            .then(|| self.outline(i, self.lock.rim_radius_mm.nominal))
    }
}

impl DialLock {
    /// Gates of wheel `i`: marks above its main number, and shape; a spare that shares the main
    /// number has no gate of its own.
    fn gates_of(&self, i: usize, codes: &[Vec<f64>]) -> Vec<(f64, usize)> {
        let mut gates: Vec<(f64, usize)> = Vec::with_capacity(codes.len());
        for code in codes {
            let from = circular_difference(code[i], codes[0][i], f64::from(self.marks));
            if !gates.iter().any(|g| (g.0 - from).abs() < 1e-9) {
                gates.push((from, 0));
            }
        }
        let on_wheel = self.false_gates.iter().filter(|g| g.wheel == i);
        gates.extend(on_wheel.map(|g| (g.from_gate_marks, g.profile)));
        gates
    }
}
