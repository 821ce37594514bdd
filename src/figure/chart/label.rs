//! Labels that keep out of one another's way.

use super::area::Area;
use crate::figure::font::{LINE, widest_px};

/// Upper edges for labels of the given `heights`, each as near as can be to its `wanted` middle,
/// in the order of `wanted`, without overlap and between `top` and `bottom`.
///
/// Labels that push each other form blocks that stand at the mean of what their members want
/// (pool adjacent violators).
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    struct Block {
        members: usize,
        start: f64,
        height: f64,
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut blocks: Vec<Block> = Vec::new();
    for &i in &order {
        let mut new = Block {
            members: 1,
            start: wanted[i] - 0.5 * heights[i],
            height: heights[i],
        };
        while let Some(above) = blocks.pop_if(|b| b.start + b.height > new.start) {
            // Mean of the starts the members would have, were each where it wants to be.
            let (n, m) = (above.members as f64, new.members as f64);
            new = Block {
                members: above.members + new.members,
                start: (n * above.start + m * (new.start - above.height)) / (n + m),
                height: above.height + new.height,
            };
        }
        blocks.push(new);
    }
    // Into the room: push down from the top, then up from the bottom.
    let mut floor = top;
    for b in &mut blocks {
        b.start = b.start.max(floor);
        floor = b.start + b.height;
    }
    let mut ceiling = bottom;
    for b in blocks.iter_mut().rev() {
        b.start = b.start.min(ceiling - b.height);
        ceiling = b.start;
    }
    let mut out = vec![0.0; wanted.len()];
    let mut next = order.iter();
    for b in &blocks {
        let mut y = b.start;
        for &i in next.by_ref().take(b.members) {
            out[i] = y;
            y += heights[i];
        }
    }
    out
}

/// Finds room for labels inside the plot.
pub(super) struct Placer {
    frame: Area,
    taken: Vec<Area>,
    drawn: Vec<Vec<(f64, f64)>>,
    filled: Vec<Area>,
}

impl Placer {
    /// A plot with lines `drawn` and areas `filled` in it, over which labels should rather not lie.
    pub(super) fn new(frame: Area, drawn: Vec<Vec<(f64, f64)>>, filled: Vec<Area>) -> Self {
        Self {
            frame,
            taken: Vec::new(),
            drawn,
            filled,
        }
    }

    /// Takes the first free candidate which the fewest lines cross; `None` where all are taken.
    pub(super) fn place(&mut self, candidates: impl IntoIterator<Item = Area>) -> Option<Area> {
        let mut best: Option<(usize, Area)> = None;
        for c in candidates {
            if !self.frame.holds(&c) || self.taken.iter().any(|t| t.meets(&c)) {
                continue;
            }
            let crossings = self.crossings(&c);
            if best.is_none_or(|(fewest, _)| crossings < fewest) {
                best = Some((crossings, c));
            }
            if crossings == 0 {
                break;
            }
        }
        let (_, area) = best?;
        self.taken.push(area);
        Some(area)
    }

    fn crossings(&self, area: &Area) -> usize {
        let segments = self.drawn.iter().flat_map(|line| line.windows(2));
        let lines = segments.filter(|s| area.is_crossed(s[0], s[1])).count();
        lines + self.filled.iter().filter(|f| f.meets(area)).count()
    }

    /// Notes that a text stands there.
    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }
}

/// The rectangle of `lines` at `size_px` with its upper left corner at `(left, top)`.
pub(super) fn text_area(lines: &[String], size_px: f64, left: f64, top: f64) -> Area {
    Area {
        left,
        top,
        right: left + widest_px(lines, size_px) + 2.0,
        bottom: top + lines.len() as f64 * LINE * size_px,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_want_the_same_place_stand_around_it() {
        let tops = spread(&[50.0, 50.0, 90.0], &[10.0; 3], 0.0, 100.0);
        assert_eq!(tops, [40.0, 50.0, 85.0]);
    }

    #[test]
    fn labels_stay_in_the_room_and_apart() {
        let wanted: Vec<f64> = (0..10).map(|i| 95.0 + f64::from(i % 3)).collect();
        let tops = spread(&wanted, &[10.0; 10], 0.0, 100.0);
        let mut sorted = tops.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted[0] >= -1e-9 && sorted[9] <= 90.0 + 1e-9);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= 10.0 - 1e-9));
    }
}
