//! The dial's course over a tour: many settings turned in one go.
//!
//! **What.** What [`Handle::turn`], [`Handle::read_contacts`] and [`Handle::try_open`] do setting by
//! setting, for as many settings of a [`Tour`] as nothing out of the ordinary happens at.
//!
//! **Model.** That of the handle; where dial and wheels come to stand is worked out side by side
//! (`lanes.rs`), the lever angles and readings too.
//!
//! **Assumptions.** No drag, and nobody writes a trace. At the first setting that does not follow from its
//! own stops and slips, where the lever falls or where the time is up, the course ends: the caller goes
//! on one by one.
//!
//! **Reference.** `physics.md` 1.5, 4.
//!
//! **Checked by.** `tests/it/laws/tour.rs`: whole trials in tours against the same action by action.

use super::Handle;
use super::lanes::{Common, Lanes};
use super::reading::mean_widths;
use crate::attack::behind::Felt;
use crate::attack::setting::direction_of;
use crate::attack::settings::BEYOND;
use crate::attack::tour::{Doing, Tour};
use crate::eight::make_room;
use crate::mechanism::dial_lock::{MOST_WHEELS, Rests};
use crate::mechanism::drive_train::Direction;
use fearless_simd::{Level, dispatch};

/// Room to work a tour out.
pub(super) struct Course {
    level: Level,
    lanes: Lanes,
    /// Deviates of the slips in the order in which they were drawn, and room.
    drawn: Vec<f32>,
    rests: Rests,
    felt: Vec<Felt>,
    /// Deviates of readings, and room.
    deviates: Vec<f32>,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            level: Level::new(),
            lanes: Lanes::default(),
            drawn: Vec::new(),
            rests: Rests::default(),
            felt: Vec::new(),
            deviates: Vec::new(),
        }
    }
}

impl Handle<'_> {
    /// The dial mark at which the dial comes to rest when `doing` is done at a setting whose last stop
    /// turned in `direction`.
    pub(in crate::attack) fn rest_marks(&self, doing: Doing, direction: Direction) -> f64 {
        self.area.rest(doing, direction)
    }

    /// Makes the settings of `tour`, turning in `start` first, and does `doing` at each, up to the
    /// first one that is to be made by itself. Mean contact widths (marks) are added to `widths`.
    /// Returns how many were made, and how many are to be made by themselves before it pays to ask again.
    pub(in crate::attack) fn tour(
        &mut self,
        tour: &Tour<'_>,
        start: Direction,
        doing: Doing,
        widths: &mut Vec<f64>,
    ) -> (usize, usize) {
        if tour.len() == 0 || self.trace.is_some() || self.facts.drive.drag.is_any() {
            // Where nothing is planned the wheels stand already: that one is by itself too.
            return (0, tour.len().max(1));
        }
        let mut course = self.room.course.take().unwrap_or_default();
        let drawn = self.draw_slips(tour, &mut course);
        let common = self.common(tour, start, doing);
        let level = course.level;
        dispatch!(level, simd => course.lanes.turn(simd, tour, &common));
        let made = self.felt_up_to(tour, &mut course, doing);
        let made = self.timed_up_to(&course, doing, made);
        if made < tour.len() {
            let left = &course.drawn[tour.moves(made)..drawn];
            self.ahead.extend(left.iter().rev());
        }
        if made > 0 {
            if let Doing::Read(repeats) = doing {
                self.read_off(&mut course, made, repeats, widths);
            }
            self.stand(&course, &common, made - 1);
        }
        let by_hand = (made..tour.len()).take_while(|&l| course.lanes.is_odd(l));
        let by_hand = by_hand.count().max(1);
        self.room.course = Some(course);
        (made, by_hand)
    }

    fn common(&self, tour: &Tour<'_>, start: Direction, doing: Doing) -> Common {
        let gear = self.gear;
        let direction = direction_of(start, tour.stops().saturating_sub(1));
        let (back_to, on_to_rest) = self.area.back_and_on(doing, direction);
        let reader = self.reader;
        let (repeats, there_s) = match doing {
            Doing::Try => (0.0, reader.try_s),
            Doing::Read(repeats) => (
                2.0 * f64::from(repeats.saturating_sub(1)),
                f64::from(repeats) * (2.0 * reader.reading_s + reader.note_s),
            ),
        };
        #[allow(clippy::cast_precision_loss, reason = "a few stops")]
        let still_s = |moves: usize| moves as f64 * reader.settle_s + there_s;
        let mut wheels = [0.0; MOST_WHEELS];
        for (place, x) in wheels.iter_mut().zip(&self.at.wheels) {
            *place = *x;
        }
        Common {
            gear,
            first_sign: start.sign(),
            last_sign: direction.sign(),
            moving_sign: direction_of(start, tour.moving()).sign(),
            back_to,
            on_to_rest,
            repeats,
            turn_s: reader.turn_s,
            anew_s: still_s(tour.stops()),
            on_s: still_s(tour.moves_on()),
            cam: self.at.cam,
            wheels,
        }
    }

    /// Draws the slips in the order in which the stops are made; a setting that goes on has the
    /// earlier slips of the one it goes on from. Returns how many were drawn.
    fn draw_slips(&mut self, tour: &Tour<'_>, course: &mut Course) -> usize {
        let (settings, stops) = (tour.len(), tour.stops());
        let Course { drawn, lanes, .. } = course;
        let slips = &mut lanes.slips;
        let count = tour.moves(settings);
        make_room(drawn, count);
        let before = self.ahead.len().min(count);
        let kept = self.ahead.len() - before;
        for (place, deviate) in drawn.iter_mut().zip(self.ahead.drain(kept..).rev()) {
            *place = deviate;
        }
        self.hand.fill(&mut drawn[before..count]);
        if slips.len() < stops {
            slips.resize_with(stops, Vec::new);
        }
        for row in &mut slips[..stops] {
            row.clear();
            row.reserve(settings + BEYOND);
        }
        let sd = self.reader.mis_set_sd_marks;
        let mut left = &drawn[..count];
        let mut passes = &tour.passes()[..settings];
        while let Some(&first) = passes.first() {
            // A setting that goes on makes its last stops only.
            let (first_made, together) = if first > 0.0 {
                let anew = passes.iter().position(|passes| *passes <= 0.0);
                (tour.moving(), anew.unwrap_or(passes.len()))
            } else {
                let on = passes.iter().position(|passes| *passes > 0.0);
                (0, on.unwrap_or(passes.len()))
            };
            passes = &passes[together..];
            let (stay, made) = slips[..stops].split_at_mut(first_made);
            for row in stay {
                let slip = row.last().copied().unwrap_or(0.0);
                row.resize(row.len() + together, slip);
            }
            let (now, later) = left.split_at(together * made.len());
            if let [row] = made {
                row.extend(now.iter().map(|deviate| sd * f64::from(*deviate)));
            } else {
                let each = made.len();
                for (k, row) in made.iter_mut().enumerate() {
                    let slips = now.chunks_exact(each).map(|setting| setting[k]);
                    row.extend(slips.map(|deviate| sd * f64::from(deviate)));
                }
            }
            left = later;
        }
        // Rows are read by eights.
        for row in &mut slips[..stops] {
            row.resize(settings + BEYOND, 0.0);
        }
        count
    }

    /// The settings before the first odd one and the first one at which the lever falls.
    fn felt_up_to(&self, tour: &Tour<'_>, course: &mut Course, doing: Doing) -> usize {
        let Course {
            lanes, rests, felt, ..
        } = course;
        let usual = lanes.before_odd(tour.len());
        let numbers = (&lanes.numbers[..], usual);
        match doing {
            Doing::Try => self.behind.first_open(numbers, rests).unwrap_or(usual),
            Doing::Read(_) => {
                self.behind.feel_each(numbers, rests, felt);
                felt.len()
            }
        }
    }

    /// The settings, of the first `most`, before the one at which the time is up; puts the clock on.
    fn timed_up_to(&mut self, course: &Course, doing: Doing, most: usize) -> usize {
        let mut tally = self.tally;
        let Lanes { turns, seconds, .. } = &course.lanes;
        let mut made = 0;
        for (turns, seconds) in turns.iter().zip(seconds).take(most) {
            let elapsed_s = tally.elapsed_s + seconds;
            if elapsed_s > self.until_s {
                break;
            }
            tally.elapsed_s = elapsed_s;
            tally.turns += turns;
            made += 1;
        }
        match doing {
            Doing::Try => tally.tries += made as u64,
            Doing::Read(repeats) => tally.readings += made as u64 * u64::from(repeats),
        }
        self.tally = tally;
        made
    }

    /// Adds the mean width that the reader notes at each of the first `made` settings.
    fn read_off(&mut self, course: &mut Course, made: usize, repeats: u32, widths: &mut Vec<f64>) {
        let each = 2 * usize::try_from(repeats).unwrap_or(usize::MAX);
        make_room(&mut course.deviates, made * each);
        let deviates = &mut course.deviates[..made * each];
        self.eye.fill(deviates);
        let (eye, read) = (self.eye(), (&course.felt[..made], &*deviates));
        dispatch!(course.level, simd => mean_widths(simd, read, (each / 2, eye), widths));
    }

    /// Takes dial and wheels as they stand after setting `l`.
    fn stand(&mut self, course: &Course, common: &Common, l: usize) {
        let (cam, wheels) = course.lanes.after(l);
        self.at.cam = cam;
        for (place, x) in self.at.wheels.iter_mut().zip(wheels) {
            *place = x;
        }
        self.heading = if common.last_sign > 0.0 {
            Direction::Left
        } else {
            Direction::Right
        };
        self.felt = None;
    }
}
