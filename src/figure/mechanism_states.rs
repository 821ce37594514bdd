//! The mechanism in its states: dialed, open, one wheel off, spring broken.

use super::mechanism::{Pen, Pose, face, one_wheel_off};
use super::{Draw, Figure, Head, Svg};
use crate::design::Design;
use crate::error::Result;
use crate::geometry::Point;
use crate::mechanism::DialLock;
use crate::study::Study;
use svg::node::element::Group;

/// The figure's line in `FIGURES`.
pub(super) const FIGURE: Figure = Figure {
    name: "mechanism_states",
    about: "the mechanism dialed, open, with one wheel off and with its spring broken",
    draw: Draw::One(draw),
};

/// Width of the figure on the page, pixels.
const WIDTH_PX: f64 = 860.0;
/// Size of the text, as a share of the drawing's width.
const TEXT_SHARE: f64 = 1.0 / 64.0;

/// A state with its name and what is to be seen.
struct State {
    name: &'static str,
    pose: Pose,
    words: [String; 2],
}

fn draw(design: &Design, study: &Study) -> Result<Option<Svg>> {
    let Some(lock) = design.lock.contact() else {
        return Ok(None);
    };
    let rim = lock.rim_radius_mm.nominal;
    let largest = rim.max(lock.cam.radius_mm);
    let pivot = lock.nominal.lever.pivot;
    let (west, east) = (pivot.x.min(-largest) - 0.15 * rim, largest + 0.15 * rim);
    let north = (pivot.y + 0.1 * rim).max(lock.fence_centre(lock.cam.rim_lever_rad).y + 0.1 * rim);
    let (cell_mm, gap) = (east - west, 0.1 * rim);
    let width = 2.0 * cell_mm + gap;
    let pen = Pen {
        text_mm: width * TEXT_SHARE,
    };
    let line = 1.4 * pen.text_mm;
    let cell_high_mm = north + largest + 4.2 * line;
    let states = states(lock);
    let mut group = Group::new();
    for (k, state) in states.iter().enumerate() {
        let (column, row) = ((k % 2) as f64, (k / 2) as f64);
        let (x, y) = (
            column * (cell_mm + gap) - west,
            row * cell_high_mm + 2.2 * line + north,
        );
        let words = [state.name, &state.words[0], &state.words[1]];
        let mut cell = Group::new()
            .set("transform", format!("translate({x:.4} {y:.4})"))
            .add(face(&pen, design, lock, state.pose));
        for (n, text) in words.into_iter().enumerate() {
            let at = Point::new(west + 0.06 * rim, -largest - (n as f64 + 1.0) * line);
            let text = pen.text(at, text, "start");
            cell = cell.add(if n == 0 {
                text.set("font-weight", "bold")
            } else {
                text
            });
        }
        group = group.add(cell);
    }
    let title = format!("{}: its states, drawn to scale", study.name);
    group = group.add(pen.text(Point::new(0.06 * rim, -1.1 * line), &title, "start"));
    let height = 2.0 * cell_high_mm + 2.4 * line;
    let said = states
        .iter()
        .map(|s| format!("{}: {}, {}", s.name, s.words[0], s.words[1]));
    let head = Head {
        name: "mechanism_states",
        alt: format!("{}.", said.collect::<Vec<_>>().join(". ")),
        title,
        size_px: (WIDTH_PX, (WIDTH_PX * height / width).round()),
        view_box: [0.0, 0.0, width, height],
    };
    Svg::new(&head, &group.to_string()).map(Some)
}

fn states(lock: &DialLock) -> [State; 4] {
    let (up, down) = lock.travel_rad();
    let arm_mm = lock.nominal.fence.centre.coords.norm();
    let rim_rad = lock.nominal.rim.lever_rad;
    let fence_mm = |lever: f64| (rim_rad - lever) * arm_mm;
    // The cam turned away from its contact area, so that the nose rides on its rim.
    let away_rad = -std::f64::consts::FRAC_PI_2;
    let pose = |cam_rad, lever_rad| Pose {
        wheel_off_marks: 0.0,
        cam_rad,
        lever_rad,
        is_broken: false,
    };
    let (left, right) = lock.plain_contact_marks();
    let by_weight = lock
        .in_state(lock.nominal.press.mounting, true)
        .drop_in_margin_nmm()
        > 0.0;
    let fallen = |lever_rad| format!("fence {:.2} mm below the rim", fence_mm(lever_rad));
    let (broken_pose, broken_words) = if by_weight {
        (
            pose(0.0, down),
            [
                fallen(down),
                "it falls by its own weight and opens".to_owned(),
            ],
        )
    } else {
        let stays = format!("fence {:.2} mm above the rim", -fence_mm(up));
        (
            pose(0.0, up),
            [
                stays,
                "nothing pulls the lever down: it stays shut".to_owned(),
            ],
        )
    };
    let off = one_wheel_off(lock);
    [
        State {
            name: "dialed",
            pose: pose(away_rad, up),
            words: [
                "all gates under the fence".to_owned(),
                format!("nose on the cam's rim, fence {:.2} mm above", -fence_mm(up)),
            ],
        },
        State {
            name: "open",
            pose: pose(0.0, down),
            words: [
                fallen(down),
                format!("opens from {:.2} mm", fence_mm(lock.open_lever_rad)),
            ],
        },
        State {
            name: "one wheel off",
            pose: off,
            words: [
                format!(
                    "wheel 1 is {} marks off: the fence rests on it",
                    off.wheel_off_marks
                ),
                format!("contact points {left:.2} and {right:.2}"),
            ],
        },
        State {
            name: "spring broken",
            pose: Pose {
                is_broken: true,
                ..broken_pose
            },
            words: broken_words,
        },
    ]
}
