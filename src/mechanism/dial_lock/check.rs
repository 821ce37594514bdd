//! From the section of a design file to the mechanism: every fault of meaning at once.

use super::cam::Cam;
use super::profile::{Profile, Rim};
use super::spec::{DialLockSpec, FalseGateSpec};
use super::{DialLock, FalseGate, Lift, Nominal, Window};
use crate::finding::Finding;
use crate::geometry::{Bar, Lever, Outline, Point, SlotShape};
use crate::math::tan;
use crate::mechanism::drive_train::DriveTrain;
use crate::tolerance::Dimension;
use crate::units::rad_per_mark;

/// Builds the lock, or says everything that is wrong.
pub(super) fn build(spec: &DialLockSpec) -> Result<DialLock, Vec<Finding>> {
    let mut out = Vec::new();
    ranges(spec, &mut out);
    if out.is_empty() {
        assemble(spec)
    } else {
        Err(out)
    }
}

/// Checks `value` at `at` against `[low, high]`; a range that is empty comes from another value,
/// which has its own finding.
fn within(out: &mut Vec<Finding>, at: &str, value: f64, range: (f64, f64), what: &str) {
    let (low, high) = range;
    if low <= high && !(value >= low && value <= high) {
        let message = if value.abs() < 1e12 {
            format!("{what} is {value}")
        } else {
            format!("{what} is {value:e}")
        };
        out.push(Finding::error(
            "WP201",
            at,
            message,
            format!("give a value from {low} to {high}"),
        ));
    }
}

fn dimension(out: &mut Vec<Finding>, at: &str, d: &Dimension, range: (f64, f64), what: &str) {
    if let Some((field, message)) = d.fault() {
        let hint = format!(
            "for example {{ \"nominal\": {}, \"plus_minus\": 0.05 }}",
            range.0.max(1.0)
        );
        out.push(Finding::error(
            "WP202",
            format!("{at}/{field}"),
            format!("{what}: {message}"),
            hint,
        ));
        return;
    }
    within(out, at, d.nominal, range, what);
    within(
        out,
        at,
        d.band(),
        (0.0, range.1 - range.0),
        &format!("the tolerance band of {what}"),
    );
}

/// Ranges of single values, then of values against each other.
fn ranges(s: &DialLockSpec, out: &mut Vec<Finding>) {
    within(
        out,
        "/dial/marks",
        f64::from(s.dial.marks),
        (20.0, 400.0),
        "the number of graduations",
    );
    within(
        out,
        "/dial/dial_friction_nmm",
        s.dial.dial_friction_nmm,
        (0.0, 5000.0),
        "the dial friction",
    );
    within(
        out,
        "/wheels",
        f64::from(s.wheels),
        (2.0, 8.0),
        "the number of wheels",
    );
    let w = &s.wheel;
    dimension(
        out,
        "/wheel/rim_radius_mm",
        &w.rim_radius_mm,
        (3.0, 200.0),
        "the rim radius",
    );
    dimension(
        out,
        "/wheel/runout_mm",
        &w.runout_mm,
        (0.0, 2.0),
        "the runout",
    );
    within(
        out,
        "/wheel/wheel_pitch_mm",
        w.wheel_pitch_mm,
        (0.2, 50.0),
        "the wheel pitch",
    );
    let radius = w.rim_radius_mm.nominal;
    let g = &w.gate;
    dimension(
        out,
        "/wheel/gate/width_mm",
        &g.width_mm,
        (0.1, 1.4 * radius),
        "the gate width (a gate is narrower than its wheel)",
    );
    within(
        out,
        "/wheel/gate/depth_mm",
        g.depth_mm,
        (0.1, 0.8 * radius),
        "the gate depth (the floor stays above the hub)",
    );
    within(
        out,
        "/wheel/gate/corner_radius_mm",
        g.corner_radius_mm,
        (0.0, 0.5 * g.depth_mm.abs()),
        "the gate's corner radius",
    );
    within(
        out,
        "/wheel/gate/wall_relief_deg",
        g.wall_relief_deg,
        (-20.0, 45.0),
        "the undercut of the walls",
    );
    dimension(
        out,
        "/wheel/gate/position_marks",
        &g.position_marks,
        (-2.0, 2.0),
        "the gate position",
    );
    for (k, f) in s.false_gates.iter().enumerate() {
        let at = format!("/false_gates/{k}");
        within(
            out,
            &format!("{at}/wheel"),
            f64::from(f.wheel),
            (1.0, f64::from(s.wheels)),
            "the wheel of a false gate",
        );
        let half = 0.5 * f64::from(s.dial.marks);
        within(
            out,
            &format!("{at}/from_gate_marks"),
            f.from_gate_marks,
            (-2.0 * half, 2.0 * half),
            "the place of a false gate",
        );
        within(
            out,
            &format!("{at}/width_mm"),
            f.width_mm,
            (0.1, 1.4 * radius),
            "the width of a false gate",
        );
        within(
            out,
            &format!("{at}/depth_mm"),
            f.depth_mm,
            (0.01, 0.8 * radius),
            "the depth of a false gate",
        );
    }
    let l = &s.lever;
    for (at, p) in [
        ("pivot_mm", l.pivot_mm),
        ("fence/centre_mm", l.fence.centre_mm),
        ("nose/centre_mm", l.nose.centre_mm),
    ] {
        for (k, v) in p.into_iter().enumerate() {
            within(
                out,
                &format!("/lever/{at}/{k}"),
                v,
                (-500.0, 500.0),
                "a coordinate of the lever",
            );
        }
    }
    within(
        out,
        "/lever/fence/flat_mm",
        l.fence.flat_mm,
        (0.0, 100.0),
        "the flat of the fence",
    );
    within(
        out,
        "/lever/fence/corner_radius_mm",
        l.fence.corner_radius_mm,
        (0.01, 50.0),
        "the corner radius of the fence",
    );
    dimension(
        out,
        "/lever/fence/out_of_parallel",
        &l.fence.out_of_parallel,
        (-0.1, 0.1),
        "the fence's deviation from parallel",
    );
    within(
        out,
        "/lever/nose/radius_mm",
        l.nose.radius_mm,
        (0.05, 50.0),
        "the nose radius",
    );
    let c = &s.cam;
    within(
        out,
        "/cam/radius_mm",
        c.radius_mm,
        (3.0, 200.0),
        "the cam radius",
    );
    within(
        out,
        "/cam/contact_centre_marks",
        c.contact_centre_marks,
        (0.0, f64::from(s.dial.marks)),
        "the contact centre",
    );
    within(
        out,
        "/cam/gate/mouth_mm",
        c.gate.mouth_mm,
        (0.5, 1.8 * c.radius_mm),
        "the mouth of the cam gate",
    );
    within(
        out,
        "/cam/gate/depth_mm",
        c.gate.depth_mm,
        (0.1, 0.9 * c.radius_mm),
        "the depth of the cam gate",
    );
    within(
        out,
        "/cam/gate/left_flank_deg",
        c.gate.left_flank_deg,
        (5.0, 90.0),
        "the slope of the left flank",
    );
    within(
        out,
        "/cam/gate/right_flank_deg",
        c.gate.right_flank_deg,
        (5.0, 90.0),
        "the slope of the right flank",
    );
    within(
        out,
        "/cam/gate/corner_radius_mm",
        c.gate.corner_radius_mm,
        (0.0, 0.5 * c.gate.depth_mm.abs()),
        "the cam gate's corner radius",
    );
    within(
        out,
        "/cam/engagement_mm",
        c.engagement_mm,
        (0.01, c.gate.depth_mm),
        "the engagement (at most the cam gate's depth)",
    );
    within(
        out,
        "/cam/retraction_marks",
        c.retraction_marks,
        (0.0, f64::from(s.dial.marks)),
        "the retraction travel",
    );
    within(
        out,
        "/spring/torque_nmm",
        s.spring.torque_nmm,
        (0.001, 1e6),
        "the spring torque",
    );
    within(
        out,
        "/spring/rate_nmm_per_rad",
        s.spring.rate_nmm_per_rad,
        (-1e6, 1e6),
        "the spring rate",
    );
    let most = f64::from(s.dial.marks) / f64::from(s.wheels.max(1));
    within(
        out,
        "/drive/pin_width_marks",
        s.drive.pin_width_marks,
        (0.0, most),
        "the pin width",
    );
    if out.is_empty() && g.width_mm.nominal <= l.fence.flat_mm + 2.0 * l.fence.corner_radius_mm {
        let fence = l.fence.flat_mm + 2.0 * l.fence.corner_radius_mm;
        out.push(Finding::error(
            "WP203",
            "/wheel/gate/width_mm",
            format!(
                "the gate is {} mm wide and the fence {fence} mm: it never enters",
                g.width_mm.nominal
            ),
            format!("make the gate wider than {fence} mm, or the fence narrower"),
        ));
    }
}

fn point(p: [f64; 2]) -> Point {
    Point::new(p[0], p[1])
}

fn assemble(s: &DialLockSpec) -> Result<DialLock, Vec<Finding>> {
    let per_mark = rad_per_mark(s.dial.marks);
    let mut nominal = Nominal {
        lever: Lever {
            pivot: point(s.lever.pivot_mm),
        },
        fence: Bar {
            centre: point(s.lever.fence.centre_mm),
            flat_mm: s.lever.fence.flat_mm,
            radius_mm: s.lever.fence.corner_radius_mm,
        },
        nose: Bar {
            centre: point(s.lever.nose.centre_mm),
            flat_mm: 0.0,
            radius_mm: s.lever.nose.radius_mm,
        },
        spring_nmm: s.spring.torque_nmm,
        spring_rate_nmm_per_rad: s.spring.rate_nmm_per_rad,
        rim: Lift {
            lever_rad: 0.0,
            per_radius: 0.0,
            per_height: 0.0,
        },
        rim_bend: 0.0,
    };
    let radius = s.wheel.rim_radius_mm.nominal;
    let on_rim = |radius_mm: f64| nominal.lift(&Outline::new(radius_mm, &[]), 0.0);
    let small_mm = 1e-3 * radius;
    let slope = on_rim(radius + small_mm).per_radius - on_rim(radius - small_mm).per_radius;
    (nominal.rim, nominal.rim_bend) = (on_rim(radius), 0.25 * slope / small_mm);
    if !nominal.rim.lever_rad.is_finite() || nominal.rim.per_radius <= 0.0 {
        return Err(vec![Finding::error(
            "WP204",
            "/lever/fence/centre_mm",
            "the fence does not come down on the wheels from above",
            "put the fence to the right of the pivot and above the spindle, at rim radius plus its corner radius",
        )]);
    }
    let g = &s.wheel.gate;
    let true_shape = SlotShape::walled(
        g.width_mm.nominal,
        g.depth_mm,
        g.corner_radius_mm,
        g.wall_relief_deg.to_radians(),
    );
    let (shapes, false_gates) = all_shapes(true_shape, &s.false_gates);
    let rim = Rim {
        radius_mm: radius,
        rise_mm: spread_mm(&s.wheel.rim_radius_mm) + s.wheel.runout_mm.nominal,
    };
    let profiles: Vec<Profile> = shapes
        .iter()
        .map(|&shape| Profile::new(&nominal, rim, shape, per_mark))
        .collect();
    let cam = cam(s, &nominal, per_mark)?;
    let (open_lever_rad, window) = window(s, &nominal, &cam, &profiles[0], per_mark)?;
    false_gates_hold(&profiles, &false_gates, open_lever_rad)?;
    let free = f64::from(s.dial.marks) - s.drive.pin_width_marks;
    Ok(DialLock {
        marks: s.dial.marks,
        wheels: s.wheels as usize,
        dial_friction_nmm: s.dial.dial_friction_nmm,
        rim_radius_mm: s.wheel.rim_radius_mm.clone(),
        runout_mm: s.wheel.runout_mm.clone(),
        wheel_pitch_mm: s.wheel.wheel_pitch_mm,
        gate_width_mm: g.width_mm.clone(),
        gate_position_marks: g.position_marks.clone(),
        fence_out_of_parallel: s.lever.fence.out_of_parallel.clone(),
        shapes,
        profiles,
        false_gates,
        nominal,
        cam,
        contact_centre_marks: s.cam.contact_centre_marks,
        engagement_mm: s.cam.engagement_mm,
        retraction_marks: s.cam.retraction_marks,
        open_lever_rad,
        window,
        drive: DriveTrain {
            marks: s.dial.marks,
            wheels: s.wheels as usize,
            free_travel_marks: free,
            first: s.drive.first_direction,
        },
    })
}

/// How far from nominal as-built values of `d` lie, but for rare ones, mm.
fn spread_mm(d: &Dimension) -> f64 {
    (d.mean() - d.nominal).abs() + (3.0 * d.sd()).max(0.5 * d.band())
}

/// The distinct shapes (true gate first) and the false gates that use them.
fn all_shapes(true_shape: SlotShape, specs: &[FalseGateSpec]) -> (Vec<SlotShape>, Vec<FalseGate>) {
    let mut shapes = vec![true_shape];
    let gates = specs
        .iter()
        .map(|f| {
            let shape = SlotShape {
                mouth_mm: f.width_mm,
                depth_mm: f.depth_mm,
                ..true_shape
            };
            let shape = SlotShape {
                fillet_mm: shape.fillet_mm.min(0.5 * f.depth_mm),
                ..shape
            };
            let profile = shapes
                .iter()
                .skip(1)
                .position(|x| *x == shape)
                .map(|k| k + 1);
            let profile = profile.unwrap_or_else(|| {
                shapes.push(shape);
                shapes.len() - 1
            });
            FalseGate {
                wheel: f.wheel as usize - 1,
                from_gate_marks: f.from_gate_marks,
                profile,
            }
        })
        .collect();
    (shapes, gates)
}

fn cam(s: &DialLockSpec, nominal: &Nominal, per_mark: f64) -> Result<Cam, Vec<Finding>> {
    let c = &s.cam;
    let gate = SlotShape {
        mouth_mm: c.gate.mouth_mm,
        depth_mm: c.gate.depth_mm,
        fillet_mm: c.gate.corner_radius_mm,
        left_rad: c.gate.left_flank_deg.to_radians(),
        right_rad: c.gate.right_flank_deg.to_radians(),
    };
    // The flanks meet the floor inside the gate, or the gate is a V that ends above it.
    let run = c.gate.depth_mm / tan(gate.left_rad) + c.gate.depth_mm / tan(gate.right_rad);
    let fault =
        |message: String, hint: &str, at: &str| vec![Finding::error("WP205", at, message, hint)];
    let cam = Cam::new(nominal, c.radius_mm, gate, per_mark).ok_or_else(|| {
        fault(
            format!("the nose (radius {} mm) does not fit the cam gate ({} mm wide, flanks run {run:.2} mm)", s.lever.nose.radius_mm, c.gate.mouth_mm),
            "widen the mouth, steepen the flanks or take a smaller nose",
            "/cam/gate/mouth_mm",
        )
    })?;
    let depth = cam.nose_depth_mm(nominal, nominal.rim.lever_rad);
    if cam.at(nominal.rim.lever_rad).is_none() || depth <= 0.0 {
        return Err(fault(
            format!(
                "with the fence on the wheels the nose is {:.2} mm above the cam: there are no contact points",
                -depth
            ),
            "lower the nose in the lever's frame, or take a larger cam radius",
            "/lever/nose/centre_mm",
        ));
    }
    if cam.floor_lever_rad >= nominal.rim.lever_rad {
        return Err(fault(
            "the nose rests on the cam gate's floor before the fence reaches the wheels".to_owned(),
            "deepen the cam gate, or raise the nose",
            "/cam/gate/depth_mm",
        ));
    }
    Ok(cam)
}

/// The opening depth and the true gate's window.
fn window(
    s: &DialLockSpec,
    nominal: &Nominal,
    cam: &Cam,
    gate: &Profile,
    per_mark: f64,
) -> Result<(f64, Window), Vec<Finding>> {
    let fault = |message: String, hint: String| {
        vec![Finding::error("WP206", "/cam/engagement_mm", message, hint)]
    };
    let lowest = gate
        .node_offsets_rad()
        .enumerate()
        .map(|(k, _)| gate.node(k).lever_rad);
    let lowest = lowest
        .fold(f64::INFINITY, f64::min)
        .max(cam.floor_lever_rad);
    let most = cam.nose_depth_mm(nominal, lowest);
    if most < s.cam.engagement_mm {
        return Err(fault(
            format!(
                "with every gate under the fence the nose sinks {most:.3} mm: less than the engagement {} mm, the lock never opens",
                s.cam.engagement_mm
            ),
            format!("give at most {most:.2} mm, or deepen the gates"),
        ));
    }
    let resting = cam.nose_depth_mm(nominal, nominal.rim.lever_rad);
    if resting >= s.cam.engagement_mm {
        return Err(fault(
            format!(
                "with the fence on plain rims the nose is already {resting:.3} mm deep: every code opens"
            ),
            format!("give more than {resting:.2} mm"),
        ));
    }
    let depth = |lever: f64| cam.nose_depth_mm(nominal, lever) - s.cam.engagement_mm;
    let open = bisect(lowest, nominal.rim.lever_rad, &depth);
    let is_open = |offset: f64| gate.solve(nominal, offset).lever_rad <= open;
    let offsets: Vec<f64> = gate.node_offsets_rad().collect();
    let inside: Vec<usize> = (0..offsets.len())
        .filter(|&k| gate.node(k).lever_rad <= open)
        .collect();
    let (Some(&first), Some(&last)) = (inside.first(), inside.last()) else {
        return Err(fault(
            "the dialing window is narrower than 1/64 mark".to_owned(),
            "widen the gate against the fence, or lessen the engagement".to_owned(),
        ));
    };
    let edge = |open_at: f64, shut_at: f64| {
        bisect(open_at, shut_at, &|x| if is_open(x) { 1.0 } else { -1.0 }) / per_mark
    };
    let low_marks = edge(offsets[first], offsets[first.saturating_sub(1)]);
    let high_marks = edge(offsets[last], offsets[(last + 1).min(offsets.len() - 1)]);
    Ok((
        open,
        Window {
            low_marks,
            high_marks,
        },
    ))
}

/// The point between `a` (where `f ≥ 0`) and `b` (where `f < 0`) at which the sign changes.
fn bisect(a: f64, b: f64, f: &dyn Fn(f64) -> f64) -> f64 {
    let (mut inside, mut outside) = (a, b);
    for _ in 0..60 {
        let mid = 0.5 * (inside + outside);
        if f(mid) >= 0.0 {
            inside = mid;
        } else {
            outside = mid;
        }
    }
    inside
}

/// A false gate must hold the fence above the opening depth.
fn false_gates_hold(
    profiles: &[Profile],
    gates: &[FalseGate],
    open: f64,
) -> Result<(), Vec<Finding>> {
    let opens = |p: &Profile| {
        p.node_offsets_rad()
            .enumerate()
            .any(|(k, _)| p.node(k).lever_rad <= open)
    };
    let out: Vec<Finding> = gates
        .iter()
        .enumerate()
        .filter(|(_, g)| opens(&profiles[g.profile]))
        .map(|(k, _)| {
            Finding::error(
                "WP207",
                format!("/false_gates/{k}/depth_mm"),
                "this false gate is deep enough to open the lock",
                "make it shallower; a second true gate is a spare code",
            )
        })
        .collect();
    if out.is_empty() { Ok(()) } else { Err(out) }
}
