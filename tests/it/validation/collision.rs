//! A geometric oracle that shares no code with the solver: outlines as points, collision by
//! distance, the lever lowered in small steps and then by bisection.

#![allow(
    clippy::disallowed_methods,
    reason = "the oracle shares nothing with the library, its elementary functions included"
)]

use std::f64::consts::PI;

/// A point in the plane, mm.
pub(super) type Xy = [f64; 2];

/// Distance between sampled points, mm.
const SPACING_MM: f64 = 0.02;

/// A gate on a wheel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    /// Angle of its axis from straight up, counter-clockwise, rad.
    pub(super) centre_rad: f64,
    pub(super) mouth_mm: f64,
    pub(super) depth_mm: f64,
    pub(super) fillet_mm: f64,
    pub(super) relief_rad: f64,
}

/// A wheel under a lever.
#[derive(Debug, Clone)]
pub(super) struct Mechanism {
    pub(super) pivot: Xy,
    /// Middle of the fence in the lever's frame.
    pub(super) fence: Xy,
    pub(super) flat_mm: f64,
    pub(super) corner_mm: f64,
    pub(super) radius_mm: f64,
    pub(super) gates: Vec<Gate>,
}

fn rotate(p: Xy, by: f64) -> Xy {
    let (s, c) = by.sin_cos();
    [c * p[0] - s * p[1], s * p[0] + c * p[1]]
}

fn add(a: Xy, b: Xy, scale: f64) -> Xy {
    [a[0] + scale * b[0], a[1] + scale * b[1]]
}

fn length(p: Xy) -> f64 {
    (p[0] * p[0] + p[1] * p[1]).sqrt()
}

/// One wall of a gate in the gate's own frame, axis up; the left wall is its mirror image.
struct Wall {
    /// Where it meets the rim, or the fillet.
    top: Xy,
    down: Xy,
    into_material: Xy,
    /// Centre of the fillet.
    fillet: Xy,
}

impl Gate {
    fn wall(&self, radius: f64) -> Wall {
        let half = 0.5 * self.mouth_mm;
        let corner = [half, (radius * radius - half * half).sqrt()];
        let (s, c) = self.relief_rad.sin_cos();
        let (down, into_material) = ([s, -c], [c, s]);
        // The fillet's centre slides down beside the wall until the circle fits under the rim.
        let centre = |t: f64| add(add(corner, down, t), into_material, self.fillet_mm);
        let (mut high, mut low) = (0.0, self.depth_mm);
        for _ in 0..60 {
            let mid = 0.5 * (high + low);
            if length(centre(mid)) > radius - self.fillet_mm {
                high = mid
            } else {
                low = mid
            }
        }
        let t = if self.fillet_mm > 0.0 { low } else { 0.0 };
        Wall {
            top: add(corner, down, t),
            down,
            into_material,
            fillet: centre(t),
        }
    }

    /// Whether `p` (wheel's frame) lies in the gate's air, fillets left aside.
    fn is_air(&self, p: Xy, radius: f64) -> bool {
        let q = rotate(p, -self.centre_rad);
        let half = 0.5 * self.mouth_mm;
        let drop = (radius * radius - half * half).sqrt() - q[1];
        q[1] > radius - self.depth_mm + 1e-9
            && q[0].abs() < half + self.relief_rad.tan() * drop - 1e-9
    }

    /// Angle from the axis at which the rim begins.
    fn rim_from_rad(&self, radius: f64) -> f64 {
        let fillet = self.wall(radius).fillet;
        fillet[0].atan2(fillet[1])
    }

    /// Wall, floor and fillet in its own frame, right half, as lines of points.
    fn border(&self, radius: f64) -> Vec<Vec<Xy>> {
        let Wall {
            top,
            down,
            into_material,
            fillet,
        } = self.wall(radius);
        let floor = radius - self.depth_mm;
        let deep = (top[1] - floor) / -down[1];
        let reach = add(top, down, deep)[0];
        let mut lines: Vec<Vec<Xy>> = vec![
            steps(deep).map(|t| add(top, down, t)).collect(),
            steps(reach).map(|x| [x, floor]).collect(),
        ];
        if self.fillet_mm > 0.0 {
            let from = (-into_material[1]).atan2(-into_material[0]);
            let to = fillet[1].atan2(fillet[0]);
            let turn = (to - from).rem_euclid(2.0 * PI);
            let turn = if turn > PI { turn - 2.0 * PI } else { turn };
            let arc = steps(turn.abs() * self.fillet_mm * 10.0).map(|s| {
                let a = from + turn.signum() * s / (self.fillet_mm * 10.0);
                add(fillet, [a.cos(), a.sin()], self.fillet_mm)
            });
            lines.push(arc.collect());
        }
        lines
    }
}

/// `0, spacing, 2 spacing, …, length`.
fn steps(length: f64) -> impl Iterator<Item = f64> {
    let count = (length / SPACING_MM).ceil().max(1.0);
    (0..=count as u32).map(move |k| length * f64::from(k) / count)
}

impl Mechanism {
    /// Points of the wheel's border within 12 mm of the fence line, from left to right.
    pub(super) fn points(&self) -> Vec<Xy> {
        let near = 12.0 / self.radius_mm;
        let rim = steps(2.0 * near * self.radius_mm)
            .map(|s| s / self.radius_mm - near)
            .filter(|a| {
                self.gates.iter().all(|g| {
                    let from = (a - g.centre_rad + PI).rem_euclid(2.0 * PI) - PI;
                    from.abs() > g.rim_from_rad(self.radius_mm)
                })
            })
            .map(|a| [-self.radius_mm * a.sin(), self.radius_mm * a.cos()]);
        let mut points: Vec<Xy> = rim.collect();
        for (i, gate) in self.gates.iter().enumerate() {
            for side in [1.0, -1.0] {
                for line in gate.border(self.radius_mm) {
                    let place = |p: &Xy| rotate([side * p[0], p[1]], gate.centre_rad);
                    self.keep_solid(i, &line.iter().map(place).collect::<Vec<_>>(), &mut points);
                }
            }
        }
        points.sort_by(|a, b| a[0].total_cmp(&b[0]));
        points
    }

    /// Adds what of `line`, on the border of gate `i`, is not in the air of another gate, the ends
    /// where it passes into air included.
    fn keep_solid(&self, i: usize, line: &[Xy], points: &mut Vec<Xy>) {
        let is_air = |p: Xy| {
            let others = self.gates.iter().enumerate().filter(|(j, _)| *j != i);
            others.into_iter().any(|(_, g)| g.is_air(p, self.radius_mm))
        };
        points.extend(line.iter().copied().filter(|p| !is_air(*p)));
        for pair in line.windows(2) {
            let (mut solid, mut air) = (pair[0], pair[1]);
            if is_air(solid) {
                std::mem::swap(&mut solid, &mut air);
            }
            if is_air(solid) || !is_air(air) {
                continue;
            }
            for _ in 0..40 {
                let mid = [0.5 * (solid[0] + air[0]), 0.5 * (solid[1] + air[1])];
                if is_air(mid) { air = mid } else { solid = mid }
            }
            points.push(solid);
        }
    }

    /// Whether the bar, grown by `grown_mm`, covers one of `points` with the lever at `lever`.
    fn collides(&self, points: &[Xy], lever: f64, grown_mm: f64) -> bool {
        let along = rotate([1.0, 0.0], lever);
        let middle = add(self.pivot, rotate(self.fence, lever), 1.0);
        let reach = self.corner_mm + grown_mm;
        let half = 0.5 * self.flat_mm;
        let from = points.partition_point(|p| p[0] < middle[0] - half - reach);
        points[from..]
            .iter()
            .take_while(|p| p[0] <= middle[0] + half + reach)
            .any(|p| {
                let d = [p[0] - middle[0], p[1] - middle[1]];
                let foot = (d[0] * along[0] + d[1] * along[1]).clamp(-half, half);
                length(add(d, along, -foot)) < reach
            })
    }

    /// The lever angle of the first collision on the way down from `from`.
    pub(super) fn first_collision(&self, points: &[Xy], from: f64, grown_mm: f64) -> f64 {
        let step = 0.04 / length(self.fence);
        let mut lever = from;
        while !self.collides(points, lever - step, grown_mm) {
            lever -= step;
            assert!(lever > from - 1.0, "nothing was met: {self:?}");
        }
        let (mut free, mut hit) = (lever, lever - step);
        for _ in 0..30 {
            let mid = 0.5 * (free + hit);
            if self.collides(points, mid, grown_mm) {
                hit = mid
            } else {
                free = mid
            }
        }
        0.5 * (free + hit)
    }
}
