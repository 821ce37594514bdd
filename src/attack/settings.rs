//! Lists of settings: which stops the dial is to make, kept in rows.
//!
//! A list is a plan on paper: nothing is turned here. Settings that have the same wheels on each stop stand
//! together, so that what makes them (`tour.rs`, `wall/lanes.rs`) reads each stop as a row.

use super::setting::{Stop, Stops};

/// Entries by which rows may be read beyond their end.
pub(super) const BEYOND: usize = 8;

/// A list of settings, each a list of stops.
#[derive(Default)]
pub(super) struct Settings {
    /// Settings of one kind that follow each other; those beyond the first `used` are room.
    blocks: Vec<Block>,
    used: usize,
}

/// Settings that have the same wheels on each stop.
#[derive(Default)]
pub(super) struct Block {
    /// First wheel of each stop.
    pub(super) firsts: Vec<usize>,
    /// Marks of the stops: a row for each, with an entry for each setting and, once filled up, some more; rows
    /// beyond those of the stops are room.
    marks: Vec<Vec<f64>>,
    pub(super) len: usize,
    /// Which stops have not the same mark in all settings, a bit each.
    moved: u32,
    /// Which stops have another mark in each setting than in the one before, a bit each.
    moved_each: u32,
}

impl Settings {
    /// Empties the list and keeps its room.
    pub(super) fn clear(&mut self) {
        self.used = 0;
    }

    /// Adds a setting.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn push(&mut self, stops: &[Stop]) {
        let block = self.block_of(stops);
        for ((k, row), stop) in block.marks.iter_mut().enumerate().zip(stops) {
            row.truncate(block.len);
            let is_moved = row.last().is_none_or(|mark| *mark != stop.mark);
            block.moved |= u32::from(is_moved && !row.is_empty()) << k;
            block.moved_each &= !(u32::from(!is_moved) << k);
            row.push(stop.mark);
        }
        block.len += 1;
    }

    /// Adds a setting for each of `marks`: the stops that are moved are on that mark, the others stay as in
    /// `stops`.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn push_each(
        &mut self,
        stops: &[Stop],
        is_moved: impl Fn(usize) -> bool,
        marks: &[f64],
    ) {
        let block = self.block_of(stops);
        let before = block.len;
        block.len += marks.len();
        let is_another_each = marks.array_windows().all(|[a, b]| a != b);
        for ((k, row), stop) in block.marks.iter_mut().enumerate().zip(stops) {
            row.truncate(before);
            let is_moved = is_moved(k);
            let stays = !is_moved && row.last().is_none_or(|mark| *mark == stop.mark);
            block.moved |= u32::from(!stays) << k;
            let moves_each = is_moved && is_another_each && row.last() != marks.first();
            block.moved_each &= !(u32::from(!moves_each) << k);
            if is_moved {
                row.extend_from_slice(marks);
            } else {
                row.resize(block.len, stop.mark);
            }
        }
    }

    /// The last block, which is of the kind of `stops`.
    fn block_of(&mut self, stops: &[Stop]) -> &mut Block {
        let last = self.blocks[..self.used].last();
        if !last.is_some_and(|block| block.is_of_kind(stops)) {
            if self.used == self.blocks.len() {
                self.blocks.push(Block::default());
            }
            self.blocks[self.used].start(stops);
            self.used += 1;
        }
        &mut self.blocks[self.used - 1]
    }

    /// Its settings, those of one kind that follow each other together.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks[..self.used]
    }

    /// Fills the rows up, so that they may be read beyond their end.
    pub(super) fn fill_up(&mut self) {
        for block in &mut self.blocks[..self.used] {
            let rows = block.marks.iter_mut().take(block.firsts.len());
            for row in rows {
                row.truncate(block.len);
                let last = row.last().copied().unwrap_or(0.0);
                row.extend_from_slice(&[last; BEYOND]);
            }
        }
    }
}

impl Block {
    /// Empties it for settings like `stops`.
    fn start(&mut self, stops: &[Stop]) {
        self.firsts.clear();
        self.firsts.extend(stops.iter().map(|stop| stop.first));
        if self.marks.len() < stops.len() {
            self.marks.resize_with(stops.len(), Vec::new);
        }
        self.marks.iter_mut().for_each(Vec::clear);
        self.len = 0;
        (self.moved, self.moved_each) = (0, !0);
    }

    fn is_of_kind(&self, stops: &[Stop]) -> bool {
        self.firsts.iter().eq(stops.iter().map(|stop| &stop.first))
    }

    /// The marks of stop `k`, in the settings from number `begin` on.
    pub(super) fn marks(&self, k: usize, begin: usize) -> &[f64] {
        &self.marks[k][begin..]
    }

    pub(super) fn stop(&self, k: usize, setting: usize) -> Stop {
        Stop {
            first: self.firsts[k],
            mark: self.marks[k][setting],
        }
    }

    /// The stops of a setting, put down by themselves.
    pub(super) fn setting(&self, setting: usize) -> Stops {
        let mut stops = Stops::NONE;
        for stop in self.stops(setting) {
            stops.push(stop.first, stop.mark);
        }
        stops
    }

    /// The stops of a setting.
    pub(super) fn stops(&self, setting: usize) -> impl ExactSizeIterator<Item = Stop> + Clone + '_ {
        (0..self.firsts.len()).map(move |k| self.stop(k, setting))
    }

    /// The only stop that has not the same mark in all settings, as [`only_moved`].
    pub(super) fn only_moved(&self) -> Option<usize> {
        only_moved(self.moved, self.firsts.len())
    }

    /// Whether nowhere a setting goes on from the one before, since more stops than one have another mark.
    pub(super) fn each_is_anew(&self) -> bool {
        let stops = self.firsts.len();
        stops > 1 && only_moved(self.moved_each & !(!0 << stops), stops).is_none()
    }

    /// The only stop that has another mark in setting `b` than in setting `a`, as [`only_moved`].
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn only_moved_between(&self, a: usize, b: usize) -> Option<usize> {
        let rows = self.marks[..self.firsts.len()].iter();
        only_moved(bits(rows.map(|row| row[a] != row[b])), self.firsts.len())
    }
}

/// A bit for each, the first one lowest.
pub(super) fn bits(each: impl Iterator<Item = bool>) -> u32 {
    let bits = each.zip(0..);
    bits.fold(0, |set, (is, k)| set | u32::from(is) << k)
}

/// The one of the last two of so many stops that alone is in `moved` (a bit each), the last one where none is; `None`
/// where others are.
pub(super) fn only_moved(moved: u32, stops: usize) -> Option<usize> {
    let last = stops.checked_sub(1)?;
    if moved & !(1 << last) == 0 {
        return Some(last);
    }
    let before = last.checked_sub(1)?;
    (moved == 1 << before).then_some(before)
}
