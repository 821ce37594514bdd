//! A disc with slots, as the list of features a follower can touch.

use super::slot::{INSIDE_MM, Slot};
use super::{Point, Vector, angle, turned};
use crate::units::{TURN_RAD, circular_difference};
use std::f64::consts::FRAC_PI_2;

/// One feature of a slotted disc, in the disc's frame.
#[derive(Debug, Clone, Copy)]
pub enum Feature {
    /// The rim between the slots.
    Rim,
    /// A rounded corner (or a sharp one, radius 0).
    Corner {
        /// Its centre.
        centre: Point,
        /// Its radius, mm.
        radius_mm: f64,
        /// How the centre moves per mm of rim radius.
        growth: Vector,
    },
    /// A flank or the floor of a slot.
    Edge {
        /// Unit normal out of the material.
        normal: Vector,
        /// `normal · x` on the edge, mm.
        offset_mm: f64,
        /// Upper end of a flank and the direction down it; `None` for a floor.
        below: Option<(Point, Vector)>,
        /// How the edge moves per mm of rim radius.
        growth: Vector,
    },
}

/// A slot with what is needed to tell whether a point lies in it.
#[derive(Debug, Clone)]
struct Cut {
    /// Rim angles (from the disc's y axis) where the cut begins and ends: right, left; rad.
    right_rad: f64,
    left_rad: f64,
    centre_rad: f64,
    /// Flanks and floor as half planes `normal · x ≥ offset`.
    sides: [(Vector, f64); 3],
}

/// A disc of given radius with any number of slots (which may overlap).
#[derive(Debug, Clone)]
pub struct Outline {
    radius_mm: f64,
    features: Vec<(Feature, Option<usize>)>,
    cuts: Vec<Cut>,
}

impl Outline {
    /// The disc of `radius_mm` with `slots`.
    ///
    /// Slots must be narrower than the disc and not so deep that the floor passes the hub; the
    /// lock families check that with findings before they come here.
    #[must_use]
    pub fn new(radius_mm: f64, slots: &[Slot]) -> Self {
        let mut out = Self {
            radius_mm,
            features: vec![(Feature::Rim, None)],
            cuts: Vec::new(),
        };
        for (index, slot) in slots.iter().enumerate() {
            out.cut(index, slot);
        }
        out.add_vertices();
        out
    }

    /// The rim radius, mm.
    #[must_use]
    pub fn radius_mm(&self) -> f64 {
        self.radius_mm
    }

    /// All features, each with the slot it belongs to (`None` for the rim and shared vertices).
    pub fn features(&self) -> impl Iterator<Item = (&Feature, Option<usize>)> {
        self.features.iter().map(|(f, s)| (f, *s))
    }

    /// Whether the contact point `at` on `feature` of slot `owner` lies on the solid's surface,
    /// that is, not in the air of a slot.
    #[must_use]
    pub fn is_on_surface(&self, feature: &Feature, owner: Option<usize>, at: Point) -> bool {
        let holds = |i: usize, c: &Cut| Some(i) != owner && c.holds(at);
        let in_air = || self.cuts.iter().enumerate().any(|(i, c)| holds(i, c));
        match feature {
            Feature::Rim => {
                let from_axis = angle(at.coords) - FRAC_PI_2;
                !self.cuts.iter().any(|c| c.spans(from_axis))
            }
            Feature::Corner { .. } => !in_air(),
            // The lines go on through the material and out on the other side of the disc.
            Feature::Edge { below, .. } => {
                below.is_none_or(|(top, down)| down.dot(&(at - top)) >= 0.0)
                    && at.coords.norm() <= self.radius_mm
                    && owner.is_none_or(|i| self.cuts[i].borders(at))
                    && !in_air()
            }
        }
    }

    fn cut(&mut self, index: usize, slot: &Slot) {
        let (shape, turn) = (&slot.shape, slot.centre_rad);
        let place = |p: Point| Point::from(turned(p.coords, turn));
        let mut sides = [(Vector::zeros(), 0.0); 3];
        let mut rim = [0.0; 2];
        for (k, side) in [-1.0, 1.0].into_iter().enumerate() {
            let flank = shape.flank(self.radius_mm, side);
            let normal = turned(flank.normal, turn);
            self.features.push((
                Feature::Corner {
                    centre: place(flank.fillet),
                    radius_mm: shape.fillet_mm,
                    growth: turned(flank.fillet_growth, turn),
                },
                Some(index),
            ));
            self.features.push((
                Feature::Edge {
                    normal,
                    offset_mm: flank.offset,
                    below: Some((place(flank.top), turned(flank.down, turn))),
                    growth: turned(flank.corner_growth, turn),
                },
                Some(index),
            ));
            sides[k] = (normal, flank.offset);
            rim[k] = flank.rim_from_rad;
        }
        let up = turned(Vector::new(0.0, 1.0), turn);
        let floor = shape.floor_mm(self.radius_mm);
        self.features.push((
            Feature::Edge {
                normal: up,
                offset_mm: floor,
                below: None,
                growth: up,
            },
            Some(index),
        ));
        sides[2] = (up, floor);
        self.cuts.push(Cut {
            left_rad: turn + rim[0],
            right_rad: turn - rim[1],
            centre_rad: turn,
            sides,
        });
    }

    /// Where slots overlap (undercut ones perhaps below the rim only), their edges meet in vertices
    /// that belong to no single slot.
    fn add_vertices(&mut self) {
        let mut found = Vec::new();
        for i in 0..self.cuts.len() {
            for j in 0..i {
                for a in self.cuts[i].sides {
                    for b in self.cuts[j].sides {
                        found.extend(crossing(a, b).filter(|p| self.is_vertex(*p, i, j)));
                    }
                }
            }
        }
        for centre in found {
            let growth = centre.coords / centre.coords.norm().max(1e-12);
            self.features.push((
                Feature::Corner {
                    centre,
                    radius_mm: 0.0,
                    growth,
                },
                None,
            ));
        }
    }

    /// A crossing of an edge of `i` and one of `j` is a corner of the solid if it lies on both
    /// slots' borders, inside the disc, and in the air of none.
    fn is_vertex(&self, p: Point, i: usize, j: usize) -> bool {
        p.coords.norm() < self.radius_mm
            && self.cuts[i].borders(p)
            && self.cuts[j].borders(p)
            && !self.cuts.iter().any(|c| c.holds(p))
    }
}

impl Cut {
    /// Whether the rim at `from_axis` rad is cut away.
    fn spans(&self, from_axis: f64) -> bool {
        let from_centre = circular_difference(from_axis, self.centre_rad, TURN_RAD);
        from_centre < self.left_rad - self.centre_rad
            && from_centre > self.right_rad - self.centre_rad
    }

    /// Whether `p` lies in the slot's air.
    fn holds(&self, p: Point) -> bool {
        self.sides
            .iter()
            .all(|(n, h)| n.dot(&p.coords) > h + INSIDE_MM)
    }

    /// Whether `p` lies on the slot's border or in its air.
    fn borders(&self, p: Point) -> bool {
        self.sides
            .iter()
            .all(|(n, h)| n.dot(&p.coords) > h - INSIDE_MM)
    }
}

/// Where the lines `n · x = h` of `a` and `b` cross.
fn crossing(a: (Vector, f64), b: (Vector, f64)) -> Option<Point> {
    let m = nalgebra::Matrix2::new(a.0.x, a.0.y, b.0.x, b.0.y);
    let inverse = m.try_inverse()?;
    (m.determinant().abs() > 1e-9).then(|| Point::from(inverse * Vector::new(a.1, b.1)))
}
