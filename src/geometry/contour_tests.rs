use super::*;

/// The area inside a closed chain, mm²: Green's theorem, arcs exactly.
fn area(chain: &[Piece]) -> f64 {
    let of = |p: &Piece| match *p {
        Piece::Line { from, to } => 0.5 * from.coords.perp(&to.coords),
        Piece::Arc {
            centre,
            radius_mm,
            sweep_rad,
            ..
        } => {
            let chord = p.to() - p.from();
            0.5 * (centre.coords.perp(&chord) + radius_mm * radius_mm * sweep_rad)
        }
    };
    chain.iter().map(of).sum()
}

fn assert_closed(chain: &[Piece]) {
    for (k, piece) in chain.iter().enumerate() {
        let next = &chain[(k + 1) % chain.len()];
        assert!(
            (piece.to() - next.from()).norm() < 1e-6,
            "{piece:?} {next:?}"
        );
    }
}

fn slot(centre_rad: f64, fillet_mm: f64, relief_rad: f64) -> Slot {
    Slot {
        centre_rad,
        shape: SlotShape::walled(4.0, 5.0, fillet_mm, relief_rad),
    }
}

/// Area of a sharp slot with parallel walls: the rectangle and the cap above its mouth.
fn sharp_slot_area(radius: f64) -> f64 {
    let top = (radius * radius - 4.0_f64).sqrt();
    let half_angle = crate::math::asin(2.0 / radius);
    4.0 * (top - (radius - 5.0)) + radius * radius * half_angle - 2.0 * top
}

#[test]
fn a_disc_without_slots_is_a_circle() {
    let chain = contour(20.0, &[]);
    assert!((area(&chain) - PI * 400.0).abs() < 1e-9);
}

#[test]
fn sharp_parallel_slots_take_away_exactly_their_area_wherever_they_stand() {
    for turn in [0.0, 1.0, 2.9, -1.6, 6.0] {
        let slots = [slot(turn, 0.0, 0.0), slot(turn + 2.0, 0.0, 0.0)];
        let chain = contour(20.0, &slots);
        assert_closed(&chain);
        assert_eq!(chain.len(), 8, "two rim arcs, two walls and a floor each");
        let expected = PI * 400.0 - 2.0 * sharp_slot_area(20.0);
        assert!((area(&chain) - expected).abs() < 1e-9, "{turn}");
    }
}

#[test]
fn rounded_corners_are_tangent_to_flank_and_rim() {
    let chain = contour(20.0, &[slot(0.7, 0.6, 0.2)]);
    assert_closed(&chain);
    assert_eq!(chain.len(), 6, "rim, two corners, two walls, a floor");
    let direction = |p: &Piece, t: f64| match *p {
        Piece::Line { from, to } => (to - from).normalize(),
        Piece::Arc {
            start_rad,
            sweep_rad,
            ..
        } => perpendicular(polar(1.0, start_rad + t * sweep_rad)) * sweep_rad.signum(),
    };
    let mut smooth = 0;
    for (k, piece) in chain.iter().enumerate() {
        let next = &chain[(k + 1) % chain.len()];
        let bend = direction(piece, 1.0).perp(&direction(next, 0.0));
        smooth += u32::from(bend.abs() < 1e-9);
    }
    assert_eq!(
        smooth, 4,
        "both ends of both corners; the floor's are sharp"
    );
}

#[test]
fn overlapping_slots_become_one_chain_of_the_joint_area() {
    // Side by side within one another: the union of two rectangles under the rim.
    for (apart, fillet, relief) in [
        (0.1, 0.0, 0.0),
        (0.1, 0.5, 0.0),
        (0.15, 0.5, 0.26),
        (0.02, 0.3, 0.1),
    ] {
        let slots = [slot(3.0, fillet, relief), slot(3.0 + apart, fillet, relief)];
        let chain = contour(20.0, &slots);
        assert_closed(&chain);
        let alone = PI * 400.0 - area(&contour(20.0, &slots[..1]));
        let joint = PI * 400.0 - area(&chain);
        assert!(
            joint > alone && joint < 2.0 * alone,
            "{apart}: {joint} of {alone}"
        );
        // By counting points of a fine grid.
        let cuts: Vec<CutOut> = slots.iter().map(|s| CutOut::new(20.0, s)).collect();
        let step = 0.02;
        let n = (40.0 / step) as i32;
        let mut air = 0;
        for i in 0..n {
            for j in 0..n {
                let p = Point::new(
                    -20.0 + (f64::from(i) + 0.5) * step,
                    -20.0 + (f64::from(j) + 0.5) * step,
                );
                let inside = p.coords.norm() < 20.0;
                air += i64::from(inside && cuts.iter().any(|c| c.holds(p)));
            }
        }
        let counted = air as f64 * step * step;
        assert!(
            (counted - joint).abs() < 0.05,
            "{apart}: {counted} against {joint}"
        );
    }
}

#[test]
fn two_gates_at_one_place_are_one() {
    let one = contour(20.0, &[slot(1.0, 0.4, 0.1)]);
    let shallow = Slot {
        shape: SlotShape::walled(4.0, 2.0, 0.4, 0.1),
        ..slot(1.0, 0.4, 0.1)
    };
    let both = contour(20.0, &[slot(1.0, 0.4, 0.1), shallow]);
    assert!((area(&one) - area(&both)).abs() < 1e-6);
}
