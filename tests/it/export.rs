//! `wheelpack export`: what is measured in the files is what the design says.

use crate::support::{shipped, shipped_json};
use serde_json::Value;
use std::f64::consts::TAU;
use std::fs;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const TOLERANCE_MM: f64 = 1e-6;

fn exported(design: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["export", design, "--out", "parts"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program is built");
    assert_eq!(
        out.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join("parts").join(name)).expect(name)
}

/// A vertex of the outline: place and bulge.
type Vertex = ([f64; 2], f64);

/// The vertices of the one closed polyline of a DXF file.
fn outline(dxf: &str) -> Vec<Vertex> {
    let lines: Vec<&str> = dxf.lines().map(str::trim).collect();
    assert!(lines.len().is_multiple_of(2), "codes and values alternate");
    let pairs: Vec<(u32, &str)> = lines
        .chunks(2)
        .map(|c| (c[0].parse().expect("a group code"), c[1]))
        .collect();
    assert_eq!(pairs.last(), Some(&(0, "EOF")));
    let polylines = pairs.iter().filter(|p| **p == (0, "POLYLINE")).count();
    assert_eq!(polylines, 1);
    let mut found: Vec<Vertex> = Vec::new();
    let mut is_vertex = false;
    for (code, value) in pairs {
        let number = || value.parse::<f64>().expect("a number");
        match code {
            0 => {
                is_vertex = value == "VERTEX";
                if is_vertex {
                    found.push(([0.0; 2], 0.0));
                }
            }
            10 | 20 | 42 if is_vertex => {
                let last = found.last_mut().expect("a vertex");
                match code {
                    10 => last.0[0] = number(),
                    20 => last.0[1] = number(),
                    _ => last.1 = number(),
                }
            }
            _ => {}
        }
    }
    found
}

fn norm(p: [f64; 2]) -> f64 {
    wheelpack::math::hypot(p[0], p[1])
}

/// Centre and radius of the arc from `a` to `b` with `bulge`.
fn arc(a: [f64; 2], b: [f64; 2], bulge: f64) -> ([f64; 2], f64) {
    let chord = [b[0] - a[0], b[1] - a[1]];
    let offset = (1.0 - bulge * bulge) / (4.0 * bulge);
    let centre = [
        0.5 * (a[0] + b[0]) - offset * chord[1],
        0.5 * (a[1] + b[1]) + offset * chord[0],
    ];
    (centre, norm([a[0] - centre[0], a[1] - centre[1]]))
}

/// Where the line through `a` and `b` leaves the circle of `radius`, beyond its outer end.
fn on_rim(a: [f64; 2], b: [f64; 2], radius: f64) -> [f64; 2] {
    let (inner, outer) = if norm(a) < norm(b) { (a, b) } else { (b, a) };
    let d = [outer[0] - inner[0], outer[1] - inner[1]];
    let (dd, pd) = (d[0] * d[0] + d[1] * d[1], inner[0] * d[0] + inner[1] * d[1]);
    let c = norm(inner).powi(2) - radius * radius;
    let t = (-pd + (pd * pd - dd * c).sqrt()) / dd;
    [inner[0] + t * d[0], inner[1] + t * d[1]]
}

/// A gate as measured: angle of its axis from y, chord at the mouth, depth of the floor.
#[derive(Debug)]
struct Gate {
    from_y_rad: f64,
    mouth_mm: f64,
    depth_mm: f64,
}

/// The rim's radius, from its arcs, and the gates of an outline.
fn measured(vertices: &[Vertex]) -> (f64, Vec<Gate>) {
    let n = vertices.len();
    let at = |k: usize| vertices[k % n].0;
    let rims: Vec<f64> = (0..n)
        .filter(|&k| vertices[k].1 != 0.0)
        .map(|k| arc(at(k), at(k + 1), vertices[k].1))
        .filter(|(centre, _)| norm(*centre) < TOLERANCE_MM)
        .map(|(_, radius)| radius)
        .collect();
    let radius = rims[0];
    assert!(
        rims.iter().all(|r| (r - radius).abs() < TOLERANCE_MM),
        "{rims:?}"
    );
    let is_line = |k: usize| vertices[k % n].1 == 0.0;
    let gates = (0..n)
        // A floor lies between two flanks, all straight.
        .filter(|&k| is_line(k) && is_line(k + n - 1) && is_line(k + 1))
        .map(|k| {
            let (left, right) = (at(k), at(k + 1));
            let middle = [0.5 * (left[0] + right[0]), 0.5 * (left[1] + right[1])];
            let (a, b) = (
                on_rim(at(k + n - 1), left, radius),
                on_rim(right, at(k + 2), radius),
            );
            Gate {
                from_y_rad: wheelpack::math::atan2(-middle[0], middle[1]),
                mouth_mm: norm([a[0] - b[0], a[1] - b[1]]),
                depth_mm: radius - norm(middle),
            }
        })
        .collect();
    (radius, gates)
}

fn number(json: &Value, at: &str) -> f64 {
    let value = json
        .pointer(at)
        .unwrap_or_else(|| panic!("nothing at {at}"));
    value
        .as_f64()
        .unwrap_or_else(|| value["nominal"].as_f64().expect("a number"))
}

#[test]
fn the_wheels_measured_in_the_files_are_those_of_the_design() {
    for name in [
        "group2-dial",
        "dial-spare-shared-wheels",
        "group2m-false-gates",
    ] {
        let (folder, json, design) = (exported(name), shipped_json(name), shipped(name));
        let lock = design.lock.contact().expect("a dial lock");
        let wheel = "/mechanism/wheel";
        for (i, main) in design.pack_codes()[0].iter().enumerate() {
            let dxf = read(&folder, &format!("wheel-{}.dxf", i + 1));
            let (radius, gates) = measured(&outline(&dxf));
            let close = |a: f64, b: f64| assert!((a - b).abs() < TOLERANCE_MM, "{name}: {a} {b}");
            close(radius, number(&json, &format!("{wheel}/rim_radius_mm")));
            let true_depth = number(&json, &format!("{wheel}/gate/depth_mm"));
            let of_code = |code: f64| {
                let angle = (lock.index_marks - code) * TAU / f64::from(lock.marks);
                let found = gates.iter().find(|g| {
                    let apart = (g.from_y_rad - angle).rem_euclid(TAU);
                    // 1e-6 mm at the rim
                    apart.min(TAU - apart) * radius < TOLERANCE_MM
                });
                found.unwrap_or_else(|| panic!("{name}: no gate for {code} in {gates:?}"))
            };
            for code in design.pack_codes() {
                let gate = of_code(code[i]);
                close(gate.depth_mm, true_depth);
                close(
                    gate.mouth_mm,
                    number(&json, &format!("{wheel}/gate/width_mm")),
                );
            }
            for fake in lock.false_gates.iter().filter(|f| f.wheel == i) {
                let gate = of_code(main + fake.from_gate_marks);
                assert!(gate.depth_mm < true_depth - 0.1, "{gate:?}");
            }
        }
    }
}

#[test]
fn the_cam_measured_in_the_file_is_that_of_the_design() {
    let (folder, json) = (exported("group2-dial"), shipped_json("group2-dial"));
    let vertices = outline(&read(&folder, "cam.dxf"));
    let n = vertices.len();
    let at = |k: usize| vertices[k % n].0;
    let arcs: Vec<([f64; 2], f64)> = (0..n)
        .filter(|&k| vertices[k].1 != 0.0)
        .map(|k| arc(at(k), at(k + 1), vertices[k].1))
        .collect();
    let (rims, corners): (Vec<_>, Vec<_>) =
        arcs.into_iter().partition(|a| norm(a.0) < TOLERANCE_MM);
    let cam = |at: &str| number(&json, &format!("/mechanism/cam/{at}"));
    let radius = cam("radius_mm");
    assert!(rims.iter().all(|r| (r.1 - radius).abs() < TOLERANCE_MM));
    assert_eq!(corners.len(), 2);
    let fillet = cam("gate/corner_radius_mm");
    assert!(
        corners.iter().all(|c| (c.1 - fillet).abs() < TOLERANCE_MM),
        "{corners:?}"
    );
    let flanks: Vec<usize> = (0..n).filter(|&k| vertices[k].1 == 0.0).collect();
    let mouth: Vec<[f64; 2]> = [flanks[0], flanks[flanks.len() - 1]]
        .map(|k| on_rim(at(k), at(k + 1), radius))
        .to_vec();
    let chord = norm([mouth[0][0] - mouth[1][0], mouth[0][1] - mouth[1][1]]);
    assert!(
        (chord - cam("gate/mouth_mm")).abs() < TOLERANCE_MM,
        "{chord}"
    );
    for (k, slope) in [(flanks[0], "right"), (flanks[flanks.len() - 1], "left")] {
        let d = [at(k + 1)[0] - at(k)[0], at(k + 1)[1] - at(k)[1]];
        let degrees = (d[1].abs() / d[0].abs()).atan().to_degrees();
        let wanted = cam(&format!("gate/{slope}_flank_deg"));
        assert!((degrees - wanted).abs() < 1e-6, "{degrees}");
    }
}

#[test]
fn svg_and_dxf_have_the_same_points() {
    let folder = exported("dial-spare-shared-wheels");
    for part in ["wheel-1", "wheel-3", "cam"] {
        let svg = read(&folder, &format!("{part}.svg"));
        assert!(svg.contains("mm\" height=\""), "{svg}");
        let path = svg
            .split(" d=\"")
            .nth(1)
            .and_then(|d| d.split(" Z\"").next())
            .expect("a path");
        let drawn: Vec<[f64; 2]> = path
            .split(['M', 'L', 'A'])
            .filter(|s| !s.trim().is_empty())
            .map(|s| {
                let numbers: Vec<f64> = s
                    .split_whitespace()
                    .map(|n| n.parse().expect("a number"))
                    .collect();
                [numbers[numbers.len() - 2], -numbers[numbers.len() - 1]]
            })
            .collect();
        let points = outline(&read(&folder, &format!("{part}.dxf")));
        assert_eq!(
            drawn.len(),
            points.len() + 1,
            "the path comes back to its start"
        );
        for (a, (b, _)) in drawn.iter().zip(&points) {
            assert!(norm([a[0] - b[0], a[1] - b[1]]) < 1e-8, "{a:?} {b:?}");
        }
    }
}

#[test]
fn a_lock_without_wheels_has_nothing_to_export() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = Command::new(env!("CARGO_BIN_EXE_wheelpack"))
        .args(["export", "smart-outdoor-lock"])
        .current_dir(folder.path())
        .output()
        .expect("the program is built");
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn a_pack_of_its_own_is_exported_with_the_gates_of_its_code() {
    let (own, other) = (
        exported("dial-spare-separate-pack"),
        shipped("dial-spare-separate-pack"),
    );
    let codes = other.spare_codes(wheelpack::keyspace::Realisation::SeparatePack);
    assert_eq!(codes.len(), 1);
    // The same wheels with the spare as the main code.
    let lock = other.lock.contact().expect("a dial lock");
    for (k, part) in lock.flat_parts(&codes).iter().take(lock.wheels).enumerate() {
        let found = outline(&read(&own, &format!("spare-1-wheel-{}.dxf", k + 1)));
        let from = part.outline[0].from();
        let is_there = found
            .iter()
            .any(|([x, y], _)| (x - from.x).abs() < 1e-4 && (y - from.y).abs() < 1e-4);
        assert!(is_there, "wheel {}", k + 1);
    }
}
