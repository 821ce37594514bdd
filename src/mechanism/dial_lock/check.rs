//! Checks the values of a design file's section: every fault of meaning at once.

use super::spec::{DialLockSpec, GateSpec, LeverSpec};
use super::{DialLock, assemble};
use crate::finding::Finding;
use crate::tolerance::Dimension;

/// Builds the lock, or says everything that is wrong.
pub(super) fn build(spec: &DialLockSpec) -> Result<DialLock, Vec<Finding>> {
    let mut ranges = Ranges::default();
    ranges.dial_and_drive(spec);
    ranges.wheels(spec);
    ranges.lever(&spec.lever);
    ranges.cam(spec);
    ranges.spring(spec);
    let faults = spec.wear.iter().flat_map(|w| w.faults());
    ranges.out.extend(faults.map(|f| f.under("/wear")));
    if ranges.out.is_empty() {
        ranges.fence_in_gate(&spec.wheel.gate, &spec.lever);
        ranges.nose_in_cam(spec);
    }
    if ranges.out.is_empty() {
        assemble::assemble(spec)
    } else {
        Err(ranges.out)
    }
}

/// The faults found so far.
#[derive(Default)]
struct Ranges {
    out: Vec<Finding>,
}

impl Ranges {
    /// Checks the value at `at` against `[low, high]`.
    fn number(&mut self, at: &str, value: f64, low: f64, high: f64) {
        self.named(at, value, (low, high), &words(at));
    }

    fn named(&mut self, at: &str, value: f64, (low, high): (f64, f64), what: &str) {
        let found = Finding::out_of_range("WP201", at, what, value, (low, high));
        self.out.extend(found);
    }

    fn dimension(&mut self, at: &str, d: &Dimension, low: f64, high: f64) {
        let what = words(at);
        let faults = d.faults();
        if !faults.is_empty() {
            let nominal = low.max(1.0).min(high);
            let hint = format!("for example {{ \"nominal\": {nominal}, \"plus_minus\": 0.05 }}");
            let told = faults.into_iter().map(|(field, message)| {
                let message = format!("{what}: {message}");
                Finding::error("WP202", format!("{at}/{field}"), message, hint.clone())
            });
            self.out.extend(told);
            return;
        }
        self.named(at, d.nominal, (low, high), &what);
        if low > 0.0 && d.nominal >= low && d.nominal - d.minus <= 0.0 {
            self.out.push(Finding::error(
                "WP202",
                at,
                format!(
                    "{what}: its tolerance reaches down to {}",
                    d.nominal - d.minus
                ),
                "a size is above 0 everywhere within its tolerance: give a smaller deviation",
            ));
            return;
        }
        let widest = high - low;
        self.named(
            at,
            d.band(),
            (0.0, widest),
            &format!("the tolerance band of {what}"),
        );
    }

    fn dial_and_drive(&mut self, s: &DialLockSpec) {
        let marks = f64::from(s.dial.marks);
        self.number("/dial/marks", marks, 20.0, 400.0);
        self.number(
            "/dial/dial_friction_nmm",
            s.dial.dial_friction_nmm,
            0.0,
            5000.0,
        );
        let wheels = f64::from(s.wheels);
        self.named(
            "/wheels",
            wheels,
            (2.0, super::MOST_WHEELS as f64),
            "the number of wheels",
        );
        let most = marks / f64::from(s.wheels.max(1));
        self.pin_width(
            "/drive/pin_width_marks",
            s.drive.pin_width_marks,
            (most, marks),
        );
        if let Some(widths) = &s.drive.pin_widths_marks {
            if widths.len() != s.wheels as usize {
                let message = format!(
                    "there are {} pin widths for {} wheels",
                    widths.len(),
                    s.wheels
                );
                let hint = "give one for each wheel, in dialing order";
                let at = "/drive/pin_widths_marks";
                self.out.push(Finding::error("WP201", at, message, hint));
            }
            for (k, width) in widths.iter().enumerate() {
                let at = format!("/drive/pin_widths_marks/{k}");
                self.pin_width(&at, *width, (most, marks));
            }
        }
        if let Some(drag) = &s.drive.drag {
            self.number("/drive/drag/p", drag.p, 0.0, 1.0);
            self.number("/drive/drag/travel_marks", drag.travel_marks, 0.0, marks);
        }
    }

    /// A pin below zero width would leave a play over a turn.
    fn pin_width(&mut self, at: &str, width: f64, (most, marks): (f64, f64)) {
        if width < 0.0 && width.is_finite() {
            let play = marks - width;
            let message = format!(
                "the pin is {width} marks wide: that leaves a play of {play} marks, more than the turn of {marks}"
            );
            let hint = format!("give a value from 0 (a movable fly: a whole turn) to {most}");
            self.out.push(Finding::error("WP201", at, message, hint));
        } else {
            self.number(at, width, 0.0, most);
        }
    }

    fn wheels(&mut self, s: &DialLockSpec) {
        let w = &s.wheel;
        self.dimension("/wheel/rim_radius_mm", &w.rim_radius_mm, 3.0, 200.0);
        self.dimension("/wheel/runout_mm", &w.runout_mm, 0.0, 2.0);
        self.number("/wheel/wheel_pitch_mm", w.wheel_pitch_mm, 0.2, 50.0);
        // A gate is narrower than its wheel, and its floor stays above the hub.
        let (widest, deepest) = (1.4 * w.rim_radius_mm.nominal, 0.8 * w.rim_radius_mm.nominal);
        let g = &w.gate;
        self.dimension("/wheel/gate/width_mm", &g.width_mm, 0.1, widest);
        self.number("/wheel/gate/depth_mm", g.depth_mm, 0.1, deepest);
        let corner_at = "/wheel/gate/corner_radius_mm";
        self.number(corner_at, g.corner_radius_mm, 0.0, 0.5 * g.depth_mm.abs());
        self.number(
            "/wheel/gate/wall_relief_deg",
            g.wall_relief_deg,
            -20.0,
            45.0,
        );
        self.dimension("/wheel/gate/position_marks", &g.position_marks, -2.0, 2.0);
        let marks = f64::from(s.dial.marks);
        for (k, f) in s.false_gates.iter().enumerate() {
            let at = |field: &str| format!("/false_gates/{k}/{field}");
            self.number(&at("wheel"), f64::from(f.wheel), 1.0, f64::from(s.wheels));
            self.number(&at("from_gate_marks"), f.from_gate_marks, -marks, marks);
            self.number(&at("width_mm"), f.width_mm, 0.1, widest);
            self.number(&at("depth_mm"), f.depth_mm, 0.01, deepest);
        }
    }

    fn lever(&mut self, l: &LeverSpec) {
        let points = [
            ("pivot_mm", l.pivot_mm),
            ("fence/centre_mm", l.fence.centre_mm),
            ("nose/centre_mm", l.nose.centre_mm),
            ("centre_of_mass_mm", l.centre_of_mass_mm),
        ];
        for (at, p) in points {
            for (k, v) in p.into_iter().enumerate() {
                let what = format!("a coordinate of {}", words(at));
                self.named(&format!("/lever/{at}/{k}"), v, (-500.0, 500.0), &what);
            }
        }
        self.number("/lever/fence/flat_mm", l.fence.flat_mm, 0.0, 100.0);
        self.number(
            "/lever/fence/corner_radius_mm",
            l.fence.corner_radius_mm,
            0.01,
            50.0,
        );
        self.dimension(
            "/lever/fence/out_of_parallel",
            &l.fence.out_of_parallel,
            -0.1,
            0.1,
        );
        self.number("/lever/fence/rocking_play", l.fence.rocking_play, 0.0, 0.2);
        self.number("/lever/nose/radius_mm", l.nose.radius_mm, 0.05, 50.0);
        self.number("/lever/mass_g", l.mass_g, 0.0, 5000.0);
        self.number("/lever/friction_nmm", l.friction_nmm, 0.0, 1e5);
    }

    fn cam(&mut self, s: &DialLockSpec) {
        let (c, marks) = (&s.cam, f64::from(s.dial.marks));
        self.number("/cam/radius_mm", c.radius_mm, 3.0, 200.0);
        self.number(
            "/cam/contact_centre_marks",
            c.contact_centre_marks,
            0.0,
            marks,
        );
        self.number(
            "/cam/gate/mouth_mm",
            c.gate.mouth_mm,
            0.5,
            1.8 * c.radius_mm,
        );
        self.number(
            "/cam/gate/depth_mm",
            c.gate.depth_mm,
            0.1,
            0.9 * c.radius_mm,
        );
        self.number("/cam/gate/left_flank_deg", c.gate.left_flank_deg, 5.0, 90.0);
        self.number(
            "/cam/gate/right_flank_deg",
            c.gate.right_flank_deg,
            5.0,
            90.0,
        );
        let most = 0.5 * c.gate.depth_mm.abs();
        self.number(
            "/cam/gate/corner_radius_mm",
            c.gate.corner_radius_mm,
            0.0,
            most,
        );
        self.number("/cam/engagement_mm", c.engagement_mm, 0.01, c.gate.depth_mm);
        self.number("/cam/retraction_marks", c.retraction_marks, 0.0, marks);
    }

    fn spring(&mut self, s: &DialLockSpec) {
        self.number("/spring/torque_nmm", s.spring.torque_nmm, 0.001, 1e6);
        match (&s.spring.coil, s.spring.rate_nmm_per_rad) {
            (Some(coil), None) => {
                let faults = coil.faults().into_iter();
                self.out.extend(faults.map(|f| f.under("/spring/coil")));
            }
            (None, Some(rate)) => self.number("/spring/rate_nmm_per_rad", rate, -1e6, 1e6),
            (coil, _) => {
                let why = if coil.is_some() {
                    "follows from the coil"
                } else {
                    "is missing"
                };
                self.out.push(Finding::error(
                    "WP211",
                    "/spring/rate_nmm_per_rad",
                    format!("the spring's rate {why}"),
                    "give either the rate or the coil",
                ));
            }
        }
    }

    fn nose_in_cam(&mut self, s: &DialLockSpec) {
        let (nose, mouth) = (2.0 * s.lever.nose.radius_mm, s.cam.gate.mouth_mm);
        if mouth <= nose {
            let message = format!(
                "the nose is {nose} mm wide and the mouth of the cam gate {mouth} mm: it never enters"
            );
            let hint = format!("make the mouth wider than {nose} mm, or the nose smaller");
            let at = "/cam/gate/mouth_mm";
            self.out.push(Finding::error("WP205", at, message, hint));
        }
    }

    fn fence_in_gate(&mut self, gate: &GateSpec, lever: &LeverSpec) {
        let fence = lever.fence.flat_mm + 2.0 * lever.fence.corner_radius_mm;
        let width = gate.width_mm.nominal;
        if width <= fence {
            self.out.push(Finding::error(
                "WP203",
                "/wheel/gate/width_mm",
                format!("the gate is {width} mm wide and the fence {fence} mm: it never enters"),
                format!("make the gate wider than {fence} mm, or the fence narrower"),
            ));
        }
    }
}

/// The name of a field in words: `/wheel/gate/width_mm` is "the width of the gate".
fn words(at: &str) -> String {
    let mut parts = at
        .rsplit('/')
        .filter(|p| !p.is_empty() && !p.starts_with(char::is_numeric));
    let (field, owner) = (parts.next().unwrap_or(at), parts.next());
    let units = ["_mm", "_marks", "_deg", "_nmm", "_nmm_per_rad", "_g"];
    let name = units
        .iter()
        .find_map(|u| field.strip_suffix(u))
        .unwrap_or(field);
    let name = name.replace('_', " ");
    match owner {
        Some(owner) => format!("the {name} of the {}", owner.replace('_', " ")),
        None => format!("the {name}"),
    }
}
