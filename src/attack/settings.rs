//! Lists of settings: which stops the dial is to make, kept in rows.
//!
//! A list is a plan on paper: nothing is turned here. Settings that have the same wheels on each stop stand
//! together, so that what makes them (`tour.rs`, `wall/lanes.rs`) reads each stop as a row.

use super::setting::Stop;

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
    /// Marks of the stops: a row for each, with an entry for each setting.
    pub(super) marks: Vec<Vec<f64>>,
    pub(super) len: usize,
    /// Whether all settings have the same stops but for the last one.
    is_series: bool,
}

impl Settings {
    /// Empties the list and keeps its room.
    pub(super) fn clear(&mut self) {
        self.used = 0;
    }

    /// Adds a setting.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn push(&mut self, stops: &[Stop]) {
        let last = stops.len().saturating_sub(1);
        let block = self.block_of(stops);
        for ((k, row), stop) in block.marks.iter_mut().enumerate().zip(stops) {
            block.is_series &= k == last || row.last().is_none_or(|mark| *mark == stop.mark);
            row.push(stop.mark);
        }
        block.len += 1;
    }

    /// Adds a setting for each of `marks`: the stops in `moved` are on that mark, the others stay as in
    /// `stops`.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn push_each(&mut self, stops: &[Stop], moved: &[usize], marks: &[f64]) {
        let last = stops.len().saturating_sub(1);
        let block = self.block_of(stops);
        block.len += marks.len();
        for ((k, row), stop) in block.marks.iter_mut().enumerate().zip(stops) {
            let is_moved = moved.contains(&k);
            let stays = !is_moved && row.last().is_none_or(|mark| *mark == stop.mark);
            block.is_series &= k == last || stays;
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

    /// How many settings it has.
    pub(super) fn len(&self) -> usize {
        self.blocks().iter().map(|block| block.len).sum()
    }
}

impl Block {
    /// Empties it for settings like `stops`.
    fn start(&mut self, stops: &[Stop]) {
        self.firsts.clear();
        self.firsts.extend(stops.iter().map(|stop| stop.first));
        self.marks.resize_with(stops.len(), Vec::new);
        self.marks.iter_mut().for_each(Vec::clear);
        self.len = 0;
        self.is_series = true;
    }

    fn is_of_kind(&self, stops: &[Stop]) -> bool {
        self.firsts.iter().eq(stops.iter().map(|stop| &stop.first))
    }

    pub(super) fn stop(&self, k: usize, setting: usize) -> Stop {
        Stop {
            first: self.firsts[k],
            mark: self.marks[k][setting],
        }
    }

    /// The stops of a setting.
    pub(super) fn stops(&self, setting: usize) -> impl ExactSizeIterator<Item = Stop> + '_ {
        (0..self.firsts.len()).map(move |k| self.stop(k, setting))
    }

    /// Whether two settings have the same stops but for the last one.
    #[allow(clippy::float_cmp, reason = "the same mark, not one nearby")]
    pub(super) fn is_alike(&self, a: usize, b: usize) -> bool {
        let inner = self.marks.len().saturating_sub(1);
        self.is_series || self.marks[..inner].iter().all(|row| row[a] == row[b])
    }
}
