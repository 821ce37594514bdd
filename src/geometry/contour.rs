//! The closed outline of a slotted disc as lines and arcs, for cutting and drawing.
//!
//! **What.** The border of the solid that [`super::Outline`] describes for contacts: rim arcs, rounded
//! corners, flanks (undercut or sloping) and floors, in one chain around the hub.
//!
//! **Model.** Every slot gives its chain of pieces; where slots overlap the pieces are split where
//! they cross, and what lies in another slot's air is left out. Material that slots cut loose is
//! left out too.
//!
//! **Assumptions.** Slots narrower than the disc whose floor stays outside the hub.
//!
//! **Reference.** Elementary: line and circle crossings.
//!
//! **Checked by.** The tests below (area against the exact value, the chain's ends, overlapping
//! slots) and `tests/it/export.rs` (dimensions of re-imported files).

use super::slot::{Slot, SlotShape};
use super::{Point, Vector, angle, perpendicular, polar, turned};
use crate::units::TURN_RAD;
use std::f64::consts::{FRAC_PI_2, PI};

/// A piece of an outline, walked so that the material lies to the left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Piece {
    /// A straight line.
    Line {
        /// Where it begins.
        from: Point,
        /// Where it ends.
        to: Point,
    },
    /// An arc of a circle.
    Arc {
        /// Its centre.
        centre: Point,
        /// Its radius, mm.
        radius_mm: f64,
        /// Angle at which it begins, from the x axis, rad.
        start_rad: f64,
        /// Angle it sweeps, counter-clockwise positive, rad, within a turn.
        sweep_rad: f64,
    },
}

/// How near two ends have to be to be one, mm.
const SAME_MM: f64 = 1e-7;

impl Piece {
    /// Where it begins.
    #[must_use]
    pub fn from(&self) -> Point {
        self.at(0.0)
    }

    /// Where it ends.
    #[must_use]
    pub fn to(&self) -> Point {
        self.at(1.0)
    }

    /// The point at the share `t` of its length.
    #[must_use]
    pub fn at(&self, t: f64) -> Point {
        match *self {
            Self::Line { from, to } => from + (to - from) * t,
            Self::Arc {
                centre,
                radius_mm,
                start_rad,
                sweep_rad,
            } => centre + polar(radius_mm, start_rad + t * sweep_rad),
        }
    }

    /// Its length, mm.
    #[must_use]
    pub fn length_mm(&self) -> f64 {
        match *self {
            Self::Line { from, to } => (to - from).norm(),
            Self::Arc {
                radius_mm,
                sweep_rad,
                ..
            } => radius_mm * sweep_rad.abs(),
        }
    }

    /// The part from share `a` to share `b`.
    fn part(&self, a: f64, b: f64) -> Self {
        match *self {
            Self::Line { .. } => Self::Line {
                from: self.at(a),
                to: self.at(b),
            },
            Self::Arc {
                centre,
                radius_mm,
                start_rad,
                sweep_rad,
            } => Self::Arc {
                centre,
                radius_mm,
                start_rad: start_rad + a * sweep_rad,
                sweep_rad: (b - a) * sweep_rad,
            },
        }
    }

    /// The share of the way at which it passes `p`, which lies on its line or circle.
    fn share(&self, p: Point) -> f64 {
        match *self {
            Self::Line { from, to } => (p - from).dot(&(to - from)) / (to - from).norm_squared(),
            Self::Arc {
                centre,
                start_rad,
                sweep_rad,
                ..
            } => {
                let along = (angle(p - centre) - start_rad) * sweep_rad.signum();
                along.rem_euclid(TURN_RAD) / sweep_rad.abs()
            }
        }
    }

    /// Whether `p` lies on it.
    fn passes(&self, p: Point) -> bool {
        // An arc passes its start at the share 0, or just below a whole turn.
        let share = self.share(p);
        let nearest = if share > 1.0 {
            [1.0, 0.0]
        } else {
            [share.max(0.0); 2]
        };
        nearest.iter().any(|&t| (self.at(t) - p).norm() < SAME_MM)
    }

    /// The points in which the lines or circles of two pieces cross.
    fn crossings(&self, other: &Self) -> Vec<Point> {
        match (*self, *other) {
            (Self::Line { from, to }, Self::Line { from: a, to: b }) => {
                let (u, v) = (to - from, b - a);
                let across = u.perp(&v);
                if across.abs() < 1e-12 {
                    return Vec::new();
                }
                vec![from + u * ((a - from).perp(&v) / across)]
            }
            (
                Self::Line { from, to },
                Self::Arc {
                    centre, radius_mm, ..
                },
            )
            | (
                Self::Arc {
                    centre, radius_mm, ..
                },
                Self::Line { from, to },
            ) => {
                let along = (to - from).normalize();
                let foot = from + along * (centre - from).dot(&along);
                let rest = radius_mm * radius_mm - (foot - centre).norm_squared();
                both_ways(foot, along, rest)
            }
            (
                Self::Arc {
                    centre, radius_mm, ..
                },
                Self::Arc {
                    centre: c,
                    radius_mm: r,
                    ..
                },
            ) => {
                let gap = c - centre;
                let d = gap.norm();
                if d < 1e-12 {
                    return Vec::new();
                }
                let to_chord = (d * d + radius_mm * radius_mm - r * r) / (2.0 * d);
                let rest = radius_mm * radius_mm - to_chord * to_chord;
                let unit = gap / d;
                both_ways(centre + unit * to_chord, perpendicular(unit), rest)
            }
        }
    }
}

/// `foot ± along · √rest`; nothing where the root is not real.
fn both_ways(foot: Point, along: Vector, rest: f64) -> Vec<Point> {
    if rest < 0.0 {
        return Vec::new();
    }
    let half = along * rest.sqrt();
    vec![foot + half, foot - half]
}

/// The outline of the disc of `radius_mm` with `slots`, counter-clockwise around the hub; the whole
/// circle where there are none.
#[must_use]
pub fn contour(radius_mm: f64, slots: &[Slot]) -> Vec<Piece> {
    let cuts: Vec<CutOut> = slots.iter().map(|s| CutOut::new(radius_mm, s)).collect();
    if cuts.is_empty() {
        return vec![Piece::Arc {
            centre: Point::origin(),
            radius_mm,
            start_rad: FRAC_PI_2,
            sweep_rad: TURN_RAD,
        }];
    }
    let mut pieces = rim(radius_mm, &cuts);
    for (i, cut) in cuts.iter().enumerate() {
        for piece in &cut.pieces {
            pieces.extend(clipped(piece, i, &cuts));
        }
    }
    longest_chain(pieces)
}

/// One slot's own border, and what is needed to tell whether a point is in its air.
struct CutOut {
    /// From the rim on the right down, along the floor, up to the rim on the left.
    pieces: Vec<Piece>,
    /// Rim angles from the x axis where the cut begins and ends, rad.
    right_rad: f64,
    left_rad: f64,
    /// Flanks and floor as half planes `normal · x > offset`.
    sides: Vec<(Vector, f64)>,
    /// The rounded corners: centre, directions to the flank and to the rim, radius.
    corners: Vec<(Point, Vector, Vector, f64)>,
}

impl CutOut {
    fn new(radius_mm: f64, slot: &Slot) -> Self {
        let shape: &SlotShape = &slot.shape;
        let turn = slot.centre_rad;
        let place = |p: Point| Point::from(turned(p.coords, turn));
        let way = |v: Vector| turned(v, turn);
        let border = shape.border(radius_mm);
        let [left, right] = [-1.0, 1.0].map(|side| shape.flank(radius_mm, side));
        let r = shape.fillet_mm;
        let mut pieces = Vec::new();
        // Inner points of the border, from right to left; its ends are the unrounded corners.
        let mut walk: Vec<Point> = border[1..border.len() - 1].to_vec();
        walk.reverse();
        let mut at = right.top;
        if r > 0.0 {
            let start = angle(right.fillet.coords);
            let end = angle(right.normal);
            pieces.push(arc(place(right.fillet), r, start + turn, end - start));
        }
        for next in walk.into_iter().chain([left.top]) {
            pieces.push(Piece::Line {
                from: place(at),
                to: place(next),
            });
            at = next;
        }
        if r > 0.0 {
            let start = angle(left.normal);
            let end = angle(left.fillet.coords);
            pieces.push(arc(place(left.fillet), r, start + turn, end - start));
        }
        let floor = shape.floor_mm(radius_mm);
        let corner = |flank: &super::slot::Flank| {
            let out = flank.fillet.coords.normalize();
            (place(flank.fillet), way(flank.normal), way(out), r)
        };
        Self {
            pieces,
            right_rad: FRAC_PI_2 - right.rim_from_rad + turn,
            left_rad: FRAC_PI_2 + left.rim_from_rad + turn,
            sides: vec![
                (way(left.normal), left.offset),
                (way(right.normal), right.offset),
                (way(Vector::new(0.0, 1.0)), floor),
            ],
            corners: if r > 0.0 {
                vec![corner(&left), corner(&right)]
            } else {
                Vec::new()
            },
        }
    }

    /// Whether `p`, a point of the disc, lies in the air of this slot.
    fn holds(&self, p: Point) -> bool {
        let between = self
            .sides
            .iter()
            .all(|(n, h)| n.dot(&p.coords) > h + SAME_MM);
        between || self.corners.iter().any(|c| is_rounded_off(c, p))
    }
}

/// Whether `p` lies in the material that a rounded corner takes away.
fn is_rounded_off((centre, flank, rim, radius): &(Point, Vector, Vector, f64), p: Point) -> bool {
    let from = p - centre;
    // In the wedge between the directions to flank and rim, beyond the arc, on the solid's side of
    // the flank.
    let way = flank.perp(rim).signum();
    let in_wedge = flank.perp(&from) * way > 0.0 && from.perp(rim) * way > 0.0;
    in_wedge && from.norm() > radius + SAME_MM && from.dot(flank) <= *radius
}

/// An arc with its sweep the short way round.
fn arc(centre: Point, radius_mm: f64, start_rad: f64, sweep_rad: f64) -> Piece {
    let short = (sweep_rad + PI).rem_euclid(TURN_RAD) - PI;
    Piece::Arc {
        centre,
        radius_mm,
        start_rad,
        sweep_rad: short,
    }
}

/// What the cuts leave of the rim.
fn rim(radius_mm: f64, cuts: &[CutOut]) -> Vec<Piece> {
    let mut spans: Vec<(f64, f64)> = cuts
        .iter()
        .map(|c| {
            let start = c.right_rad.rem_euclid(TURN_RAD);
            (start, start + (c.left_rad - c.right_rad))
        })
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pieces = Vec::new();
    let (mut reached, first) = (spans[0].1, spans[0].0 + TURN_RAD);
    // A cut across the zero line reaches over the first ones.
    for &(_, end) in &spans {
        reached = reached.max(end - TURN_RAD);
    }
    for (start, end) in spans.into_iter().skip(1).chain([(first, first)]) {
        if start > reached {
            pieces.push(Piece::Arc {
                centre: Point::origin(),
                radius_mm,
                start_rad: reached,
                sweep_rad: start - reached,
            });
        }
        reached = reached.max(end);
    }
    pieces
}

/// What the other cuts leave of `piece` of cut `own`; of pieces that lie on one another the first.
fn clipped(piece: &Piece, own: usize, cuts: &[CutOut]) -> Vec<Piece> {
    let others = || cuts.iter().enumerate().filter(|(j, _)| *j != own);
    let mut shares = vec![0.0, 1.0];
    for other in others().flat_map(|(_, c)| &c.pieces) {
        let crossed = piece.crossings(other).into_iter();
        let ends = [other.from(), other.to()].into_iter();
        let on_both = crossed.filter(|p| other.passes(*p)).chain(ends);
        shares.extend(on_both.filter(|p| piece.passes(*p)).map(|p| piece.share(p)));
    }
    shares.retain(|t| (0.0..=1.0).contains(t));
    shares.sort_by(f64::total_cmp);
    let is_kept = |middle: Point| {
        !others()
            .any(|(j, c)| c.holds(middle) || j < own && c.pieces.iter().any(|p| p.passes(middle)))
    };
    shares
        .windows(2)
        .filter(|w| is_kept(piece.at(0.5 * (w[0] + w[1]))))
        .map(|w| piece.part(w[0], w[1]))
        .filter(|part| part.length_mm() > SAME_MM)
        .collect()
}

/// Links pieces end to end; of several closed chains the longest.
fn longest_chain(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let mut best: Vec<Piece> = Vec::new();
    let length = |chain: &[Piece]| chain.iter().map(Piece::length_mm).sum::<f64>();
    while let Some(first) = pieces.pop() {
        let mut chain = vec![first];
        loop {
            let end = chain[chain.len() - 1].to();
            let gap = |p: &Piece| (p.from() - end).norm();
            let next =
                (0..pieces.len()).min_by(|&a, &b| gap(&pieces[a]).total_cmp(&gap(&pieces[b])));
            match next.filter(|&k| gap(&pieces[k]) < 10.0 * SAME_MM) {
                Some(k) => chain.push(pieces.swap_remove(k)),
                None => break,
            }
        }
        if length(&chain) > length(&best) {
            best = chain;
        }
    }
    best
}

#[cfg(test)]
#[path = "contour_tests.rs"]
mod tests;
