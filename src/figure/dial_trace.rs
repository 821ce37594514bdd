//! Where dial and wheels stand while a program is dialed.

use super::chart::format;
use super::{Axis, Chart, Draw, Figure, Mark, Series, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::mechanism::dial_lock::{AsBuilt, DialResult};
use crate::mechanism::drive_train::{MoveTrace, Phase};
use crate::study::Study;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "dial_trace",
    about: "dial and wheels over the dial's travel while the main code is dialed: level where a wheel rests, along the dial where it is carried",
    draw: Draw::One(draw),
};

fn draw(design: &Design, _: &Study) -> Result<Option<Svg>> {
    let (Some(lock), codes) = (design.lock.contact(), design.pack_codes()) else {
        return Ok(None);
    };
    let Some(main) = codes.first() else {
        return Ok(None);
    };
    let program = lock.drive.standard_program(main);
    let result = lock.dial(&AsBuilt::nominal(lock, &codes), &program);
    dial_trace(&design.name, lock.marks, &result).map(Some)
}

/// The trace of a dialed program on the dial of `marks` graduations of the design `name`.
///
/// # Errors
/// [`crate::Error::Figure`] where the drawing library refuses.
pub fn dial_trace(name: &str, marks: u32, result: &DialResult) -> Result<Svg> {
    let turns = |way_marks: f64| way_marks / f64::from(marks);
    let lines = lines(result);
    let travel: f64 = result.moves.iter().map(|m| m.travel_marks).sum();
    let mut chart = Chart::new(FIGURE.name, format!("{name}: {}", result.program))
        .alt(described(result))
        .x(Axis::linear("Travel of the dial (turns)")
            .format(format::short)
            .range(0.0, turns(1.02 * travel).max(0.1)))
        .y(Axis::linear("Turned left from the start (turns)").format(format::short))
        .size(900.0, 480.0);
    for (k, line) in lines.iter().enumerate() {
        let label = match k {
            0 => "dial".to_owned(),
            _ => ended(result, k - 1),
        };
        let at = line.iter().map(|(x, y)| (turns(*x), turns(*y))).collect();
        let colour = if k == 0 { 6 } else { k - 1 };
        chart = chart.series(Series::line(label, at).colour(colour));
    }
    let mut x = 0.0;
    for step in &result.moves {
        x += step.travel_marks;
        chart = chart.mark(Mark::at_x(turns(x), said(step)));
    }
    chart.draw()
}

/// Points (travel, way to the left) of the dial and of every wheel, marks, all from zero.
fn lines(result: &DialResult) -> Vec<Vec<(f64, f64)>> {
    let mut at = vec![0.0; result.wheels_marks.len() + 1];
    let mut lines: Vec<Vec<(f64, f64)>> = at.iter().map(|_| vec![(0.0, 0.0)]).collect();
    let mut x = 0.0;
    for step in &result.moves {
        let sign = step.direction.sign();
        for (k, line) in lines.iter_mut().enumerate() {
            let is_own = |wheel: usize| wheel == k;
            let dragged = step.dragged.iter().filter(|d| is_own(d.wheel));
            let carried = step.carried.iter().filter(|c| is_own(c.wheel));
            let mut pieces: Vec<(f64, f64)> =
                dragged.map(|d| (d.after_marks, d.by_marks)).collect();
            pieces.extend(carried.map(|c| (c.after_marks, c.by_marks)));
            if k == 0 {
                pieces.push((0.0, step.travel_marks));
            }
            for (after, by) in pieces {
                line.push((x + after, at[k]));
                at[k] += sign * by;
                line.push((x + after + by, at[k]));
            }
        }
        x += step.travel_marks;
    }
    for (line, at) in lines.iter_mut().zip(&at) {
        line.push((x, *at));
    }
    lines
}

fn said(step: &MoveTrace) -> String {
    match step.phase {
        Phase::Dialing => format!("{}{} {}", step.direction, step.passes, step.mark),
        Phase::DropIn => format!("{} drop-in", step.direction),
        Phase::Retraction => "bolt".to_owned(),
    }
}

/// Where a wheel (0-based) stands at the end.
fn ended(result: &DialResult, wheel: usize) -> String {
    let off = result.wheels_off_by_marks.get(wheel).copied();
    format!(
        "wheel {} at {:.1}, off by {:+.1}",
        wheel + 1,
        result.wheels_marks[wheel],
        // A wheel that is right is not "−0.0" off.
        off.unwrap_or(f64::NAN) + 0.0
    )
}

fn described(result: &DialResult) -> String {
    let moves: Vec<String> = result
        .moves
        .iter()
        .map(|m| match m.carried.len() {
            0 => format!("{} carries no wheel", said(m)),
            _ => {
                let wheels: Vec<String> = m.carried.iter().map(|c| c.wheel.to_string()).collect();
                format!("{} carries {}", said(m), wheels.join(", "))
            }
        })
        .collect();
    let end = if result.opens {
        "The lock opens"
    } else {
        "The lock stays shut"
    };
    format!("{end}. Wheels carried by each move: {}.", moves.join("; "))
}
