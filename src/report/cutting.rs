//! Outlines of parts for cutting and for CAD: DXF with real arcs, SVG in millimetres.
//!
//! DXF is written as R12 (AC1009), which every program reads: one closed `POLYLINE` with bulges on
//! the layer `OUTLINE`, the hub as a `POINT` on the layer `CENTRE`. Units are millimetres; there is
//! neither a date nor a handle in the file, so that the same part gives the same bytes. No hole is
//! cut for the spindle: a design does not say its diameter.

use std::f64::consts::PI;
use std::fmt::Write as _;

use serde::Serialize;

use super::json::Envelope;
use super::output::OutputFolder;
use crate::design::Design;
use crate::error::{Error, Result};
use crate::geometry::{Piece, Point};
use crate::keyspace::Realisation;
use crate::math::tan;
use crate::mechanism::dial_lock::FlatPart;

/// One vertex of a polyline: where, and the tangent of a quarter of the arc that follows.
type Vertex = (Point, f64);

/// `part` as DXF.
#[must_use]
pub fn dxf(part: &FlatPart, design: &str) -> String {
    let mut out = String::new();
    let mut pair = |code: u32, value: &str| {
        // Writing to a String cannot fail.
        let _written = write!(out, "{code:>3}\n{value}\n");
    };
    let words: String = design.chars().filter(|c| !c.is_control()).collect();
    pair(999, &format!("{} of {words}, millimetres", part.name));
    let head = [
        (0, "SECTION"),
        (2, "HEADER"),
        (9, "$ACADVER"),
        (1, "AC1009"),
        (0, "ENDSEC"),
        (0, "SECTION"),
        (2, "TABLES"),
        (0, "TABLE"),
        (2, "LAYER"),
        (70, "2"),
    ];
    for (code, value) in head {
        pair(code, value);
    }
    for (name, colour) in [("OUTLINE", "7"), ("CENTRE", "1")] {
        for (code, value) in [
            (0, "LAYER"),
            (2, name),
            (70, "0"),
            (62, colour),
            (6, "CONTINUOUS"),
        ] {
            pair(code, value);
        }
    }
    for (code, value) in [
        (0, "ENDTAB"),
        (0, "ENDSEC"),
        (0, "SECTION"),
        (2, "ENTITIES"),
    ] {
        pair(code, value);
    }
    let polyline = [
        (0, "POLYLINE"),
        (8, "OUTLINE"),
        (66, "1"),
        (10, "0.0"),
        (20, "0.0"),
        (30, "0.0"),
        (70, "1"),
    ];
    for (code, value) in polyline {
        pair(code, value);
    }
    for (at, bulge) in vertices(&part.outline) {
        pair(0, "VERTEX");
        pair(8, "OUTLINE");
        pair(10, &number(at.x));
        pair(20, &number(at.y));
        pair(30, "0.0");
        pair(42, &number(bulge));
    }
    let tail = [
        (0, "SEQEND"),
        (8, "OUTLINE"),
        (0, "POINT"),
        (8, "CENTRE"),
        (10, "0.0"),
        (20, "0.0"),
        (30, "0.0"),
        (0, "ENDSEC"),
        (0, "EOF"),
    ];
    for (code, value) in tail {
        pair(code, value);
    }
    out
}

/// `part` as SVG in millimetres, y upwards as in the DXF.
#[must_use]
pub fn svg(part: &FlatPart) -> String {
    let margin = 1.0;
    let half = part.rim_radius_mm + margin;
    let side = number(2.0 * half);
    let corner = number(-half);
    let mut path = String::new();
    for (k, piece) in part.outline.iter().enumerate() {
        if k == 0 {
            let from = piece.from();
            let _written = write!(path, "M{} {}", number(from.x), number(-from.y));
        }
        for step in short(piece) {
            let to = step.to();
            let (x, y) = (number(to.x), number(-to.y));
            let _written = match step {
                Piece::Line { .. } => write!(path, " L{x} {y}"),
                Piece::Arc {
                    radius_mm,
                    sweep_rad,
                    ..
                } => {
                    let r = number(radius_mm);
                    // Flipped with y: counter-clockwise on the part is a sweep of 0 here.
                    let sweep = u8::from(sweep_rad < 0.0);
                    write!(path, " A{r} {r} 0 0 {sweep} {x} {y}")
                }
            };
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}mm\" height=\"{side}mm\" \
         viewBox=\"{corner} {corner} {side} {side}\">\n<title>{}</title>\n\
         <path id=\"outline\" d=\"{path} Z\" fill=\"none\" stroke=\"#000000\" stroke-width=\"0.1\"/>\n\
         <path id=\"centre\" d=\"M-1 0 L1 0 M0 -1 L0 1\" fill=\"none\" stroke=\"#d00000\" stroke-width=\"0.1\"/>\n\
         </svg>\n",
        part.name
    )
}

/// What was written of one part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Exported {
    /// The part.
    pub part: String,
    /// Its files.
    pub files: [String; 2],
    /// Radius of its rim, mm.
    pub rim_radius_mm: f64,
    /// Length of its outline, mm: the way of the cut.
    pub outline_mm: f64,
}

/// Writes every part of `design` as DXF and SVG into `folder`, which must still be committed, with a
/// `summary.json` of what there is.
///
/// # Errors
/// [`Error::NotApplicable`] where the family has no wheels to cut; where a file cannot be written.
pub fn export(folder: &mut OutputFolder, design: &Design) -> Result<Vec<Exported>> {
    let lock = design.lock.contact().ok_or_else(|| Error::NotApplicable {
        what: "an export of wheels and cam",
        to: design.name.clone(),
        why: format!("the family {} has none", design.lock.family()),
    })?;
    let mut all = Vec::new();
    let mut parts = lock.flat_parts(&design.pack_codes());
    let own_packs = design.spare_codes(Realisation::SeparatePack);
    for (k, code) in own_packs.into_iter().enumerate() {
        // The packs have their cams alike.
        let wheels = lock.flat_parts(&[code]).into_iter().take(lock.wheels);
        parts.extend(wheels.map(|wheel| FlatPart {
            name: format!("spare-{}-{}", k + 1, wheel.name),
            ..wheel
        }));
    }
    for part in parts {
        let files = ["dxf", "svg"].map(|ending| format!("{}.{ending}", part.name));
        folder.write(&files[0], dxf(&part, &design.name).as_bytes())?;
        folder.write(&files[1], svg(&part).as_bytes())?;
        all.push(Exported {
            outline_mm: part.outline.iter().map(Piece::length_mm).sum(),
            rim_radius_mm: part.rim_radius_mm,
            part: part.name,
            files,
        });
    }
    let document = Envelope::new("export", 1, &[design], vec![&all]).to_text();
    folder.write("summary.json", document.as_bytes())?;
    Ok(all)
}

/// The vertices of a closed outline.
fn vertices(outline: &[Piece]) -> Vec<Vertex> {
    let steps = outline.iter().flat_map(short);
    steps
        .map(|step| match step {
            Piece::Line { from, .. } => (from, 0.0),
            Piece::Arc { sweep_rad, .. } => (step.from(), tan(0.25 * sweep_rad)),
        })
        .collect()
}

/// `piece` in parts of at most a third of a turn, so that no program stumbles over a large arc.
fn short(piece: &Piece) -> Vec<Piece> {
    match *piece {
        Piece::Line { .. } => vec![*piece],
        Piece::Arc {
            centre,
            radius_mm,
            start_rad,
            sweep_rad,
        } => {
            let parts = (sweep_rad.abs() / (PI / 1.5)).ceil().max(1.0);
            let step = sweep_rad / parts;
            let starts = (0..parts as u32).map(|k| start_rad + f64::from(k) * step);
            starts
                .map(|start_rad| Piece::Arc {
                    centre,
                    radius_mm,
                    start_rad,
                    sweep_rad: step,
                })
                .collect()
        }
    }
}

/// Nine decimals: a millionth of a micrometre.
fn number(v: f64) -> String {
    let text = format!("{v:.9}");
    match text.as_str() {
        "-0.000000000" => "0.0".to_owned(),
        text => {
            let short = text.trim_end_matches('0');
            if short.ends_with('.') {
                format!("{short}0")
            } else {
                short.to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::contour;

    #[test]
    fn a_circle_is_three_arcs_of_the_same_bulge() {
        let found = vertices(&contour(10.0, &[]));
        assert_eq!(found.len(), 3);
        for (at, bulge) in found {
            assert!((at.coords.norm() - 10.0).abs() < 1e-12);
            assert!((bulge - tan(PI / 6.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn numbers_are_plain_decimals() {
        assert_eq!(number(-0.0), "0.0");
        assert_eq!(number(24.13), "24.13");
        assert_eq!(number(1e-12), "0.0");
        assert_eq!(number(-3.0), "-3.0");
    }
}
