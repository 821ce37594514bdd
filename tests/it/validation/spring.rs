//! Wound springs against worked examples.

use serde_json::json;
use wheelpack::mechanism::spring::CoilSpec;

fn coil(value: serde_json::Value) -> CoilSpec {
    serde_json::from_value(value).expect("a coil")
}

fn close(got: f64, truth: f64, relative: f64) {
    assert!(
        (got / truth - 1.0).abs() < relative,
        "{got} instead of {truth}"
    );
}

#[test]
fn val_shigley_example_10_1_stiffness_of_a_music_wire_spring() {
    // d 0.037 in, outer diameter 0.437 in, 10.5 active turns, G 11.85 Mpsi: 4.13 lbf/in.
    let (inch, psi_mpa, lbf_per_inch) = (25.4, 6.894_757e-3, 0.175_126_8);
    let spring = coil(json!({
        "kind": "compression", "wire_mm": 0.037 * inch, "coil_mm": 0.400 * inch, "turns": 10.5,
        "modulus_mpa": 11.85e6 * psi_mpa, "arm_mm": 10.0, "free_length_mm": 40.0,
    }));
    close(spring.stiffness() / lbf_per_inch, 4.13, 0.002);
    close(spring.index(), 10.8, 0.002);
    close(
        spring.solid_length_mm().unwrap(),
        12.5 * 0.037 * inch,
        1e-12,
    );
}

#[test]
fn val_shigley_inner_fibre_factor_of_a_torsion_spring() {
    let spring = coil(json!({
        "kind": "torsion", "wire_mm": 0.072, "coil_mm": 0.521, "turns": 4.25, "modulus_mpa": 2e5,
    }));
    close(spring.stress_factor(), 1.115, 5e-4);
}

#[test]
fn val_hand_extension_spring_on_an_arm() {
    // C = 8: K = 31/28 + 0.615/8 = 1.184018; k = 80000 · 0.5⁴ / (8 · 4³ · 20) = 0.488281 N/mm.
    let spring = coil(json!({
        "kind": "extension", "wire_mm": 0.5, "coil_mm": 4.0, "turns": 20, "modulus_mpa": 80000,
        "arm_mm": 12.0, "initial_tension_n": 1.5,
        "life": { "reference_cycles": 1e6, "reference_mpa": 400, "exponent": 8, "sd_ln": 0.5 },
    }));
    close(spring.stress_factor(), 1.184_017_857, 1e-9);
    close(spring.stiffness(), 0.488_281_25, 1e-12);
    close(spring.rate_nmm_per_rad(), -0.488_281_25 * 144.0, 1e-12);
    close(spring.slack_nmm(), 18.0, 1e-12);
    // 60 N·mm on 12 mm is 5 N: τ = 1.184018 · 8 · 5 · 4 / (π 0.125) = 482.4 MPa.
    close(spring.stress_mpa(60.0), 482.42, 1e-4);
    let life = spring.life.unwrap();
    close(life.median_cycles(200.0), 2.56e8, 1e-12);
    close(life.p_broken(2.56e8, 200.0), 0.5, 1e-12);
    // One standard deviation of ln N early: Φ(−1).
    close(
        life.p_broken(2.56e8 * wheelpack::math::exp(-0.5), 200.0),
        0.158_655_254,
        1e-8,
    );
}

#[test]
fn val_hand_torsion_spring_bends() {
    // k = 206000 · 0.8⁴ / (64 · 6 · 5) = 43.946667 N·mm/rad; C = 7.5: K_i = 216.5/195 = 1.110256.
    let spring = coil(json!({
        "kind": "torsion", "wire_mm": 0.8, "coil_mm": 6.0, "turns": 5, "modulus_mpa": 206000,
    }));
    close(spring.stiffness(), 43.946_666_667, 1e-9);
    close(spring.rate_nmm_per_rad(), -43.946_666_667, 1e-9);
    close(spring.stress_factor(), 216.5 / 195.0, 1e-12);
    close(
        spring.stress_mpa(50.0),
        1.110_256_41 * 32.0 * 50.0 / (std::f64::consts::PI * 0.512),
        1e-8,
    );
}
