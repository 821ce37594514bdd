//! One as-built lock: every part drawn from its tolerance, with a code set on it.
//!
//! **What.** Where the fence rests for given wheel positions, and so what the contact points read.
//!
//! **Model.** `λ = max_i [ Λ_i(θ_i + δ_i) + J_R (ΔR_i + e_i cos(θ_i − φ_i)) + J_z ψ z_i ]`, from the
//! tables of the nominal gates, with the rim's own second-order term in the radius (`physics.md` 1.3).
//! A wider gate shifts both its edges by half the excess. On the shoulders of a gate, where these
//! terms fail, the wheel is solved in full.
//! [`AsBuilt::resolve`] solves the perturbed geometry in full everywhere.
//!
//! **Assumptions.** The fence does not rock.
//!
//! **Reference.** `physics.md` 1.3.
//!
//! **Checked by.** `tests/it/laws/contact.rs`: 10,000 random as-built locks of every shipped design
//! against the full re-solve.

use super::DialLock;
use crate::geometry::{Bar, Outline, Slot, SlotShape, Vector};
use crate::math;
use crate::units::{TURN_RAD, circular_difference, circular_difference_near};
use rand::{Rng, RngExt};

/// How much higher than by the terms of the tables a plain rim may hold the lever, rad.
const RIM_SLACK_RAD: f64 = 1e-4;

/// A gate as cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BuiltGate {
    /// Angle of its centre from the wheel's reference, counter-clockwise, rad.
    pub centre_rad: f64,
    /// Excess of its width, mm.
    pub wider_mm: f64,
    /// Index of its shape and profile.
    pub shape: usize,
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
}

/// Where the fence rests.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// Lever angle, rad.
    pub lever_rad: f64,
    /// The wheel it rests on, 0-based.
    pub wheel: usize,
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
                    crowded: false,
                });
            }
        }
        for wheel in &mut wheels {
            mark_crowded(lock, &mut wheel.gates);
        }
        Self { lock, wheels }
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
        self.highest(|i, highest| self.lift(i, self.turn_rad(i, numbers[i]), highest))
    }

    /// The same from a full solution of the perturbed geometry (slow; the check on [`Self::rest`]).
    #[must_use]
    pub fn resolve(&self, numbers: &[f64]) -> Rest {
        self.highest(|i, _| {
            let turn = self.turn_rad(i, numbers[i]);
            self.solve(i, turn, &self.wheels[i].gates)
        })
    }

    /// Whether the lock opens with the wheels at `numbers`.
    #[must_use]
    pub fn opens(&self, numbers: &[f64]) -> bool {
        self.rest(numbers).lever_rad <= self.lock.open_lever_rad
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
            from.map(|o| o - self.lock.window.centre_marks())
                .min_by(|a, b| a.abs().total_cmp(&b.abs()))
                .unwrap_or(f64::NAN)
        };
        self.wheels.iter().enumerate().map(off).collect()
    }

    /// The highest wheel by `lift(wheel, highest so far)`.
    #[inline]
    fn highest(&self, lift: impl Fn(usize, f64) -> f64) -> Rest {
        let mut rest = Rest {
            lever_rad: f64::NEG_INFINITY,
            wheel: 0,
        };
        for i in 0..self.wheels.len() {
            let lever_rad = lift(i, rest.lever_rad);
            if lever_rad > rest.lever_rad {
                rest = Rest {
                    lever_rad,
                    wheel: i,
                };
            }
        }
        rest
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

    /// The lever on wheel `i`; anything lower where that is below `highest` in any case.
    #[inline]
    fn lift(&self, i: usize, turn_rad: f64, highest: f64) -> f64 {
        let wheel = &self.wheels[i];
        let rise_mm = self.rise_mm(wheel, turn_rad);
        let nominal = &self.lock.nominal;
        let plain = nominal.raised(nominal.rim, rise_mm, wheel.fence_rise_mm);
        let Some((k, offset)) = self.gate_under(wheel, turn_rad, 0) else {
            return plain;
        };
        let gate = &wheel.gates[k];
        let is_shared = gate.crowded && self.gate_under(wheel, turn_rad, k + 1).is_some();
        let lift = if is_shared {
            None
        } else {
            self.lock.profiles[gate.shape].at(offset)
        };
        match lift {
            Some(lift) => nominal.raised(lift, rise_mm, wheel.fence_rise_mm),
            // over a gate the lever is never higher than on the plain rim
            None if plain + RIM_SLACK_RAD < highest => plain,
            None if is_shared => self.solve(i, turn_rad, &wheel.gates),
            None => self.solve(i, turn_rad, std::slice::from_ref(gate)),
        }
    }

    /// The first gate from `from` on whose signature is under the fence, and its offset, rad.
    #[inline]
    fn gate_under(&self, wheel: &BuiltWheel, turn_rad: f64, from: usize) -> Option<(usize, f64)> {
        for (k, gate) in wheel.gates.iter().enumerate().skip(from) {
            let offset = circular_difference_near(turn_rad, -gate.centre_rad, TURN_RAD);
            let shift = 0.5 * gate.wider_mm / self.lock.rim_radius_mm.nominal;
            let offset = if offset > 0.0 {
                offset - shift
            } else {
                offset + shift
            };
            if offset.abs() < self.lock.profiles[gate.shape].reach_rad() {
                return Some((k, offset));
            }
        }
        None
    }

    /// The lever on wheel `i` with nothing but `gates` cut, from the perturbed geometry in full.
    fn solve(&self, i: usize, turn_rad: f64, gates: &[BuiltGate]) -> f64 {
        let (wheel, nominal) = (&self.wheels[i], &self.lock.nominal);
        let radius_mm = self.lock.rim_radius_mm.nominal + self.rise_mm(wheel, turn_rad);
        let fence = Bar {
            centre: nominal.fence.centre + Vector::new(0.0, wheel.fence_rise_mm),
            ..nominal.fence
        };
        let outline = self.cut(radius_mm, gates);
        let touch = nominal.lever.first_touch(&fence, &outline, turn_rad);
        touch.map_or(f64::NEG_INFINITY, |t| t.lever_rad)
    }

    /// The outline of wheel `i` with its gates as cut, on a rim of `radius_mm`.
    #[must_use]
    pub fn outline(&self, i: usize, radius_mm: f64) -> Outline {
        self.cut(radius_mm, &self.wheels[i].gates)
    }

    fn cut(&self, radius_mm: f64, gates: &[BuiltGate]) -> Outline {
        let slots: Vec<Slot> = gates
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
}

/// Marks gates whose signatures overlap.
fn mark_crowded(lock: &DialLock, gates: &mut [BuiltGate]) {
    let reach = |g: &BuiltGate| lock.profiles[g.shape].reach_rad();
    for a in 0..gates.len() {
        gates[a].crowded = (0..gates.len()).any(|b| {
            let apart = circular_difference(gates[a].centre_rad, gates[b].centre_rad, TURN_RAD);
            a != b && apart.abs() < reach(&gates[a]) + reach(&gates[b])
        });
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
