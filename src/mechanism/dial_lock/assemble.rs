//! From checked values to the mechanism.

use super::cam::Cam;
use super::press::Press;
use super::profile::{Profile, Rim};
use super::spec::{DialLockSpec, FalseGateSpec};
use super::{DialLock, FalseGate, Lift, Nominal, Window};
use crate::finding::Finding;
use crate::geometry::{Bar, Lever, Outline, Point, SlotShape};
use crate::math::tan;
use crate::mechanism::drive_train::{Drag, DriveTrain};
use crate::tolerance::Dimension;
use crate::units::rad_per_mark;

/// Standard acceleration of gravity, N per gram.
const N_PER_G: f64 = 9.80665e-3;

fn point(p: [f64; 2]) -> Point {
    Point::new(p[0], p[1])
}

pub(super) fn assemble(s: &DialLockSpec) -> Result<DialLock, Vec<Finding>> {
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
        press: press(s),
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
    let opens_at = |wheel: usize| open_lever_rad + rocked_rad(s, &nominal, wheel);
    false_gates_hold(&profiles, &false_gates, &opens_at)?;
    spring_holds(s, &nominal, &cam)?;
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
        rocking_play: s.lever.fence.rocking_play,
        shapes,
        profiles,
        false_gates,
        nominal,
        cam,
        contact_centre_marks: s.cam.contact_centre_marks,
        engagement_mm: s.cam.engagement_mm,
        retraction_marks: s.cam.retraction_marks,
        open_lever_rad,
        index_marks: window.centre_marks(),
        window,
        drive: DriveTrain {
            marks: s.dial.marks,
            wheels: s.wheels as usize,
            free_travel_marks: free,
            own_travel_marks: own_travel_marks(s),
            drag: drag(s),
            first: s.drive.first_direction,
        },
        lever_friction_nmm: s.lever.friction_nmm,
        coil: s.spring.coil.clone(),
        spec: Box::new(s.clone()),
    })
}

/// Free travel of each coupling, where they differ.
fn own_travel_marks(s: &DialLockSpec) -> Option<Vec<f64>> {
    let widths = s.drive.pin_widths_marks.as_ref()?;
    let marks = f64::from(s.dial.marks);
    Some(widths.iter().map(|width| marks - width).collect())
}

fn drag(s: &DialLockSpec) -> Drag {
    s.drive.drag.as_ref().map_or(Drag::NONE, |d| Drag {
        p: d.p,
        travel_marks: d.travel_marks,
    })
}

/// Spring and weight; of the rate and the coil one is given.
fn press(s: &DialLockSpec) -> Press {
    let of_coil = s
        .spring
        .coil
        .as_ref()
        .map(|c| (c.rate_nmm_per_rad(), c.slack_nmm()));
    let (rate, slack_nmm) = of_coil.unwrap_or((s.spring.rate_nmm_per_rad.unwrap_or(0.0), 0.0));
    Press {
        spring_nmm: s.spring.torque_nmm,
        rate_nmm_per_rad: rate,
        slack_nmm,
        weight_n: s.lever.mass_g * N_PER_G,
        centre_of_mass: point(s.lever.centre_of_mass_mm),
        mounting: s.mounting,
        is_broken: false,
    }
}

/// The spring is loaded on plain rims and not pressed past solid with the lever on the cam's rim.
fn spring_holds(s: &DialLockSpec, nominal: &Nominal, cam: &Cam) -> Result<(), Vec<Finding>> {
    let Some(coil) = &s.spring.coil else {
        return Ok(());
    };
    if s.spring.torque_nmm <= coil.slack_nmm() {
        return Err(vec![Finding::error(
            "WP213",
            "/spring/coil/initial_tension_n",
            format!(
                "the torque on plain rims, {} N mm, does not overcome the initial tension",
                s.spring.torque_nmm
            ),
            format!(
                "give more than {:.3} N mm, or less tension",
                coil.slack_nmm()
            ),
        )]);
    }
    let raised = nominal.rim.lever_rad - cam.rim_lever_rad;
    let fault = coil.past_solid(nominal.press.spring_nmm(raised));
    fault.map_or(Ok(()), |f| Err(vec![f.under("/spring/coil")]))
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
            "the nose rests on the cam gate's floor or corners before the fence reaches the wheels"
                .to_owned(),
            "deepen or widen the cam gate, take a smaller nose, or raise it",
            "/cam/gate/depth_mm",
        ));
    }
    Ok(cam)
}

/// How far the lever sinks where a rocking fence rests on wheel `i`, tilted as far as it goes, rad.
fn rocked_rad(s: &DialLockSpec, nominal: &Nominal, i: usize) -> f64 {
    let to_nose_mm = s.wheel.wheel_pitch_mm * (s.wheels as usize - i) as f64;
    nominal.rim.per_height.abs() * to_nose_mm * s.lever.fence.rocking_play
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
        .map(|(k, _)| gate.lever_rad(k));
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
    // Rocking, the fence turns about the last wheel.
    let sunk_rad = rocked_rad(s, nominal, s.wheels as usize - 1);
    let resting = cam.nose_depth_mm(nominal, nominal.rim.lever_rad - sunk_rad);
    if resting >= s.cam.engagement_mm {
        let (rocked, or_less) = match sunk_rad > 0.0 {
            true => (", rocked towards the cam,", ", or a smaller `rocking_play`"),
            false => ("", ""),
        };
        return Err(fault(
            format!(
                "with the fence on plain rims{rocked} the nose is already {resting:.3} mm deep: every code opens"
            ),
            format!("give more than {resting:.2} mm{or_less}"),
        ));
    }
    let depth = |lever: f64| cam.nose_depth_mm(nominal, lever) - s.cam.engagement_mm;
    let open = bisect(lowest, nominal.rim.lever_rad, &depth);
    let is_open = |offset: f64| gate.solve(nominal, offset).lever_rad <= open;
    let offsets: Vec<f64> = gate.node_offsets_rad().collect();
    let inside: Vec<usize> = (0..offsets.len())
        .filter(|&k| gate.lever_rad(k) <= open)
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

/// A false gate must hold the lever above where the lock opens: `open_rad` by the wheel it is in.
fn false_gates_hold(
    profiles: &[Profile],
    gates: &[FalseGate],
    open_rad: &dyn Fn(usize) -> f64,
) -> Result<(), Vec<Finding>> {
    let opens = |g: &FalseGate| {
        let p = &profiles[g.profile];
        p.node_offsets_rad()
            .enumerate()
            .any(|(k, _)| p.lever_rad(k) <= open_rad(g.wheel))
    };
    let out: Vec<Finding> = gates
        .iter()
        .enumerate()
        .filter(|(_, g)| opens(g))
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
