//! Readings in bulk: what one reader notes where the fence rests at many lever angles.
//!
//! **What.** Contact points with the reader's noise and rounding, for many settings or locks at once;
//! no dial is turned and no time passes: for studies, not for an attack on one lock.
//!
//! **Model.** That of [`Reader::read`]. The cam's table carries the reader's standard deviations, so
//! that what is left for a reading is a line between two nodes, two deviates and two roundings.
//!
//! **Assumptions.** As `read`; standard deviations are linear between the nodes of the cam's table.
//!
//! **Reference.** `physics.md` 1.4, 1.5.
//!
//! **Checked by.** `tests/it/laws/sweep.rs`, against [`Reader::read`].

use super::reader::Reader;
use crate::math;
use crate::mechanism::dial_lock::{Cam, DialLock};
use crate::rng::Normals;
use fearless_simd::{Level, dispatch};

/// The contact points of one model as one reader reads them.
#[derive(Debug)]
pub struct Gauge<'a> {
    cam: &'a Cam,
    nodes: Vec<Node>,
    resolution_marks: f64,
    level: Level,
}

/// At a node of the cam's table: left and right contact point (dial marks), their standard deviations.
type Node = [f64; 4];

/// Readings of both contact points, dial marks, and room to make them.
#[derive(Debug, Default)]
pub struct Readings {
    /// Left contact points; not a number where the nose meets no flank.
    pub left_marks: Vec<f64>,
    /// Right contact points.
    pub right_marks: Vec<f64>,
    sd: [Vec<f64>; 2],
    deviates: Vec<f32>,
}

impl<'a> Gauge<'a> {
    /// The contact points of `lock` as `reader` reads them.
    #[must_use]
    pub fn new(lock: &'a DialLock, reader: &Reader) -> Self {
        let friction = lock.dial_friction_nmm;
        let centre = lock.contact_centre_marks + reader.bias_marks;
        let node = |c: &crate::mechanism::dial_lock::Contact| {
            [
                centre + c.left_marks,
                centre + c.right_marks,
                reader.sigma_marks(c.left_step_nmm, friction),
                reader.sigma_marks(c.right_step_nmm, friction),
            ]
        };
        Self {
            cam: &lock.cam,
            nodes: lock.cam.nodes().iter().map(node).collect(),
            resolution_marks: reader.resolution_marks,
            level: Level::new(),
        }
    }

    /// Reads the contact points at each of `levers_rad`, first all left ones, then all right ones by
    /// the deviates of `eye`.
    pub fn read(&self, levers_rad: &[f64], eye: &mut Normals, readings: &mut Readings) {
        let Readings {
            left_marks,
            right_marks,
            sd,
            deviates,
        } = readings;
        let [left_sd, right_sd] = sd;
        let count = levers_rad.len();
        for row in [&mut *left_marks, right_marks, left_sd, right_sd] {
            row.resize(count, 0.0);
        }
        dispatch!(self.level, _ => self.look_up(
            levers_rad,
            (left_marks, right_marks),
            (left_sd, right_sd),
        ));
        deviates.resize(count, 0.0);
        let q = self.resolution_marks;
        for (marks, sd) in [(left_marks, left_sd), (right_marks, right_sd)] {
            eye.fill(deviates);
            dispatch!(self.level, _ => blur(marks, sd, deviates));
            if q > 0.0 {
                dispatch!(self.level, _ => round_to(q, marks));
            }
        }
    }

    /// Contact points and standard deviations at each lever angle.
    #[inline(always)]
    #[allow(
        clippy::inline_always,
        reason = "to be compiled for the level it is dispatched to"
    )]
    fn look_up(
        &self,
        levers_rad: &[f64],
        (left_marks, right_marks): (&mut [f64], &mut [f64]),
        (left_sd, right_sd): (&mut [f64], &mut [f64]),
    ) {
        let means = left_marks.iter_mut().zip(right_marks);
        let sds = left_sd.iter_mut().zip(right_sd);
        for (lever_rad, ((left, right), (left_sd, right_sd))) in
            levers_rad.iter().zip(means.zip(sds))
        {
            let mut read = [f64::NAN; 4];
            if let Some((k, part)) = self.cam.cell(*lever_rad)
                && let [a, b] = &self.nodes[k..k + 2]
            {
                read = std::array::from_fn(|i| a[i] + part * (b[i] - a[i]));
            }
            [*left, *right, *left_sd, *right_sd] = read;
        }
    }
}

#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn blur(marks: &mut [f64], sd: &[f64], deviates: &[f32]) {
    for ((mark, sd), z) in marks.iter_mut().zip(sd).zip(deviates) {
        *mark += sd * f64::from(*z);
    }
}

#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn round_to(step: f64, marks: &mut [f64]) {
    let per_mark = 1.0 / step;
    for mark in marks {
        *mark = math::nearest(*mark * per_mark) * step;
    }
}
