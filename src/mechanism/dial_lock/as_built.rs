//! One as-built lock: every part drawn from its tolerance, with a code set on it.
//!
//! **What.** The wheels with their gates as cut, their runout, the fence as it lies over them.
//!
//! **Model.** `physics.md` 1.3: gate position error, excess radius and width, eccentricity in a
//! random direction, fence out of parallel.
//!
//! **Assumptions.** Dimensions are independent; all gates of a wheel share its runout.
//!
//! **Reference.** `physics.md` 1.1, 1.3.
//!
//! **Checked by.** `tests/it/laws/owner.rs`, `tests/it/laws/contact.rs`.

use super::DialLock;
use crate::geometry::{Outline, Slot, SlotShape};
use crate::units::{TURN_RAD, circular_difference};
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
    /// Whether its signature overlaps that of another gate of the wheel.
    pub(super) crowded: bool,
    /// How far a wider gate shifts its edges, rad.
    pub(super) shift_rad: f64,
    /// Distance from the fence line within which it is under the fence, rad.
    pub(super) within_rad: f64,
}

impl BuiltGate {
    /// Its dimensions as cut.
    pub(super) fn cut(&self, lock: &DialLock) -> SlotShape {
        let shape = lock.shapes[self.shape];
        SlotShape {
            mouth_mm: shape.mouth_mm + self.wider_mm,
            ..shape
        }
    }
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

/// The main parts of a lock as given numbers instead of random ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Deviations {
    /// Rise of the fence per mm along the spindle.
    pub fence_slope: f64,
    /// The wheels in dialing order.
    pub wheels: Vec<WheelDeviations>,
}

/// The main parts of a wheel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WheelDeviations {
    /// Excess of the rim's height under the fence, runout included, mm.
    pub taller_mm: f64,
    /// Excess of the gate's width, mm.
    pub wider_mm: f64,
    /// Deviation of the gate's place, marks.
    pub position_marks: f64,
}

/// One as-built lock.
#[derive(Debug, Clone)]
pub struct AsBuilt<'a> {
    pub(super) lock: &'a DialLock,
    pub(super) wheels: Vec<BuiltWheel>,
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

    /// The nominal lock with `codes`, its parts changed as `parts` says: rim, width and place of the
    /// main gate of each wheel, and the fence's slope.
    #[must_use]
    pub fn deviating(lock: &'a DialLock, codes: &[Vec<f64>], parts: &Deviations) -> Self {
        let mut built = Self::nominal(lock, codes);
        let nominal_slope = lock.fence_out_of_parallel.nominal;
        for (i, (wheel, part)) in built.wheels.iter_mut().zip(&parts.wheels).enumerate() {
            wheel.taller_mm = part.taller_mm;
            wheel.runout_mm = 0.0;
            wheel.fence_rise_mm += (parts.fence_slope - nominal_slope) * lock.z_mm(i);
            if let Some(gate) = wheel.gates.first_mut() {
                let moved = part.position_marks - lock.gate_position_marks.nominal;
                gate.centre_rad += moved * lock.rad_per_mark();
                gate.wider_mm = part.wider_mm;
            }
            measure(lock, &mut wheel.gates);
        }
        built
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
                let z_mm = lock.z_mm(i);
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
                    shift_rad: 0.0,
                    within_rad: 0.0,
                });
            }
        }
        for wheel in &mut wheels {
            measure(lock, &mut wheel.gates);
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

    /// The outline of wheel `i` with its gates as cut, on a rim of `radius_mm`.
    #[must_use]
    pub fn outline(&self, i: usize, radius_mm: f64) -> Outline {
        self.cut(radius_mm, &self.wheels[i].gates)
    }

    pub(super) fn cut(&self, radius_mm: f64, gates: &[BuiltGate]) -> Outline {
        let slots: Vec<Slot> = gates
            .iter()
            .map(|g| Slot {
                centre_rad: g.centre_rad,
                shape: g.cut(self.lock),
            })
            .collect();
        Outline::new(radius_mm, &slots)
    }
}

/// Notes how far the signature of each gate reaches, and which ones overlap.
fn measure(lock: &DialLock, gates: &mut [BuiltGate]) {
    let room = |g: &BuiltGate| lock.profiles[g.shape].room_rad();
    for a in 0..gates.len() {
        gates[a].crowded = (0..gates.len()).any(|b| {
            let apart = circular_difference(gates[a].centre_rad, gates[b].centre_rad, TURN_RAD);
            a != b && apart.abs() < room(&gates[a]) + room(&gates[b])
        });
    }
    for gate in gates {
        gate.shift_rad = 0.5 * gate.wider_mm / lock.rim_radius_mm.nominal;
        let reach_rad = if gate.crowded {
            room(gate)
        } else {
            lock.profiles[gate.shape].reach_rad()
        };
        gate.within_rad = reach_rad + gate.shift_rad;
    }
}

impl DialLock {
    /// Place of wheel `i` along the spindle, mm.
    pub(super) fn z_mm(&self, i: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "at most 8 wheels")]
        let number = (i + 1) as f64;
        number * self.wheel_pitch_mm
    }

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
