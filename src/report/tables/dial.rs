//! Tables of a dial program: what every move did, and how it ended.

use super::keyspace::said;
use crate::mechanism::dial_lock::DialResult;
use crate::report::{Cell, Column, Table, Tone};

/// Every move: what it carried and where the wheels stand afterwards.
#[must_use]
pub fn dial_moves(result: &DialResult) -> Table {
    let mut columns = vec![
        Column::number("move", "Move"),
        Column::text("phase", "Phase"),
        Column::text("turns", "Turns"),
        Column::number("mark", "Stops at").unit("marks"),
        Column::number("travel_marks", "Travel").unit("marks"),
        Column::text("carried", "Carried wheels"),
    ];
    for wheel in 1..=result.wheels_marks.len() {
        columns.push(
            Column::number(format!("wheel_{wheel}_marks"), format!("Wheel {wheel}")).unit("marks"),
        );
    }
    let mut table = Table::new(format!("{}: every move", result.program), columns);
    for (k, step) in result.moves.iter().enumerate() {
        let mut carried: Vec<String> = step
            .carried
            .iter()
            .map(|c| format!("{} after {}", c.wheel, two(c.after_marks)))
            .collect();
        let dragged = step.dragged.iter();
        carried.extend(dragged.map(|d| format!("{} dragged by {}", d.wheel, two(d.by_marks))));
        let turns = match step.passes {
            0 => said(&step.direction),
            n => format!("{} {n} ×", said(&step.direction)),
        };
        let mut row = vec![
            Cell::count(k as u64 + 1),
            Cell::text(said(&step.phase)),
            Cell::text(turns),
            Cell::number(step.mark, two),
            Cell::number(step.travel_marks, two),
            Cell::text(if carried.is_empty() {
                "none".to_owned()
            } else {
                carried.join(", ")
            }),
        ];
        row.extend(step.wheels_marks.iter().map(|&m| Cell::number(m, two)));
        table.push(row);
    }
    table
}

/// How it ended: the verdict and how far each wheel is off its gate.
#[must_use]
pub fn dial_end(result: &DialResult) -> Table {
    let mut table = Table::new(
        "How it ended",
        vec![
            Column::text("opens", "Opens"),
            Column::text("reason", "Reason"),
            Column::text("wheel", "Wheel to blame"),
            Column::text("wheels_off_by_marks", "Wheels off by (marks)"),
        ],
    );
    let verdict = if result.opens {
        ("yes", Tone::Good)
    } else {
        ("no", Tone::Bad)
    };
    let off: Vec<String> = result
        .wheels_off_by_marks
        .iter()
        .map(|o| signed(*o))
        .collect();
    table.push(vec![
        Cell::text(verdict.0).tone(verdict.1),
        Cell::text(said(&result.reason)),
        result
            .wheel
            .map_or_else(Cell::missing, |w| Cell::text(w.to_string())),
        Cell::text(off.join(", ")),
    ]);
    table
}

fn two(v: f64) -> String {
    format!("{v:.2}")
}

/// With its sign and two digits; zero has none, not even where it is a little less.
fn signed(marks: f64) -> String {
    let text = format!("{marks:+.2}");
    match text.trim_start_matches(['+', '-']) {
        "0.00" => "0.00".to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn a_wheel_that_is_not_off_has_no_sign() {
        assert_eq!([-1e-13, 0.0, -0.0].map(signed), ["0.00"; 3]);
        assert_eq!([0.5, -26.0].map(signed), ["+0.50", "-26.00"]);
    }
}
