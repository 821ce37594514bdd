//! Settings planned eight at a time against one by one.

use super::*;
use crate::attack::reader;
use crate::attack::wall::{Facts, Handle, Streams};
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::{AsBuilt, FAMILY};
use crate::mechanism::drive_train::Direction;
use crate::rng::{Purpose, stream};
use rand::RngExt as _;

/// Which stop moves, of how many, each with its first wheel.
const KINDS: [(usize, &[usize]); 5] = [
    (0, &[0]),
    (0, &[0, 1]),
    (1, &[0, 2]),
    (1, &[0, 1, 2]),
    (2, &[0, 1, 2]),
];

/// A list of settings of which one stop moves.
struct List<'f> {
    facts: &'f Facts<'f>,
    start: Direction,
    moving: usize,
    stops: Vec<Stop>,
    row: Vec<f64>,
    rest_marks: f64,
}

impl List<'_> {
    fn kind(&self) -> MovingStop<'_> {
        let which = (self.moving, self.stops[self.moving].first);
        MovingStop::of(
            self.facts,
            self.start,
            which,
            self.stops.get(self.moving + 1),
        )
    }

    /// The last two stops of a setting that is dialed anew with the moving stop at `mark`.
    fn anew(&self, mark: f64) -> Runs {
        Runs::anew(self.facts, self.start, self.stops.len(), |k| {
            let stop = self.stops[k];
            Stop {
                mark: if k == self.moving { mark } else { stop.mark },
                ..stop
            }
        })
    }

    /// The row with something in it beyond its end.
    fn with_room(&self) -> Vec<f64> {
        [&self.row[..], &[3.0; EIGHT]].concat()
    }

    /// Checks that it goes on as one by one; says how far.
    fn goes_on(&self) -> usize {
        let kind = self.kind();
        let first = self.anew(self.row[0]);
        let (mut gone, mut runs) = (1.5, first);
        let (mut ons, mut passes) = (Vec::new(), Vec::new());
        for pair in self.row.windows(2) {
            let on = kind.on_from(pair[0], pair[1], runs, self.rest_marks);
            let Some(on) = on.filter(|on| on.ahead > 0.0) else {
                break;
            };
            gone += on.ahead;
            runs = on.runs;
            ons.push(gone);
            passes.push(f64::from(on.passes));
        }
        let marks = self.with_room();
        let (mut on_row, mut passes_row) = (vec![0.0; marks.len()], vec![0.0; marks.len()]);
        let row = Row {
            marks: &marks,
            len: self.row.len(),
            gone: 1.5,
            runs: first,
            rest_marks: self.rest_marks,
        };
        let out = Onward {
            on: &mut on_row,
            passes: &mut passes_row,
        };
        let (made, runs_then) = kind.on_over(row, out);
        assert_eq!(made, ons.len());
        assert_eq!(passes_row[..made], passes);
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(on_row.iter().zip(&ons).all(|(a, b)| near(*a, *b)));
        assert!(near(runs_then.before, runs.before) && near(runs_then.last, runs.last));
        made
    }

    /// Checks that as many are dialed anew as one by one; says how many.
    fn is_dialed_anew(&self) -> usize {
        let kind = self.kind();
        let is_anew = |pair: &&[f64]| {
            let runs = self.anew(pair[0]);
            let on = kind.on_from(pair[0], pair[1], runs, self.rest_marks);
            on.is_none() && (pair[0] - pair[1]).abs() > 0.0
        };
        let expected = self.row.windows(2).take_while(is_anew).count();
        let before = self.moving.checked_sub(1).map(|k| self.stops[k].mark);
        let made = kind.anew_over((&self.with_room(), self.row.len()), before);
        assert_eq!(made, expected);
        made
    }
}

#[test]
fn settings_planned_eight_at_a_time_are_those_planned_one_by_one() {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let lock = made.contact().expect("a dial lock");
    let code = vec![vec![52.0, 15.0, 37.0]];
    let reader = reader::find("expert").expect("shipped");
    let built = AsBuilt::nominal(lock, &code);
    let handle = Handle::new(built, reader, &|_: &[u32]| true, Streams::of(1, 0));
    let facts = handle.facts();
    let mut rng = stream(4, 0, Purpose::Resample);
    let (mut on, mut anew) = ([0; KINDS.len()], [0; KINDS.len()]);
    for trial in 0..40_000 {
        let which = trial % KINDS.len();
        let (moving, firsts) = KINDS[which];
        let start = if rng.random() {
            Direction::Left
        } else {
            Direction::Right
        };
        let mut mark = || f64::from(rng.random_range(0..200_u32)) * 0.5;
        let stops: Vec<Stop> = firsts
            .iter()
            .map(|&first| Stop {
                first,
                mark: mark(),
            })
            .collect();
        let (from, rest_marks) = (mark(), mark());
        // Mostly small steps in the stop's own direction, some back, some none.
        let sign = crate::attack::setting::direction_of(start, moving).sign();
        let mut row = vec![from];
        for _ in 0..rng.random_range(0..40_u32) {
            let step = match rng.random_range(0..60_u32) {
                0 => -3.0,
                1 => 0.0,
                2 => 55.0,
                _ => f64::from(rng.random_range(1..8_u32)) * 0.5,
            };
            let last = row[row.len() - 1];
            row.push(crate::units::wrap(last + sign * step, 100.0));
        }
        let list = List {
            facts: &facts,
            start,
            moving,
            stops,
            row,
            rest_marks,
        };
        on[which] += list.goes_on();
        anew[which] += list.is_dialed_anew();
    }
    assert!(on.iter().all(|on| *on > 1_000), "{on:?}");
    assert!(anew.iter().all(|anew| *anew > 100), "{anew:?}");
}
