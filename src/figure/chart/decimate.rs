//! Fewer points for the same picture.

type Point = (f64, f64);

/// The points of a polyline (in pixels) without those that lie within `off_px` of the line through
/// the ones kept (Ramer, Douglas and Peucker).
pub(super) fn polyline(points: &[Point], off_px: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut open = vec![(0, points.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let far = (from + 1..to)
            .map(|i| (i, distance(points[i], points[from], points[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((i, d)) = far.filter(|(_, d)| *d > off_px) {
            debug_assert!(d > 0.0);
            keep[i] = true;
            open.extend([(from, i), (i, to)]);
        }
    }
    let kept = points.iter().zip(keep).filter(|(_, k)| *k);
    kept.map(|(p, _)| *p).collect()
}

/// At most `limit` of `items`, evenly spread, the first and the last among them.
pub(super) fn spread<T: Clone>(items: &[T], limit: usize) -> Vec<T> {
    if items.len() <= limit || limit < 2 {
        return items.to_vec();
    }
    (0..limit)
        .map(|i| items[i * (items.len() - 1) / (limit - 1)].clone())
        .collect()
}

/// Distance of `p` from the segment `a`–`b`.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let long = dx * dx + dy * dy;
    let t = if long > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / long).clamp(0.0, 1.0)
    } else {
        0.0
    };
    crate::math::hypot(p.0 - a.0 - t * dx, p.1 - a.1 - t * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_run_keeps_its_ends_and_a_corner_stays() {
        let mut points: Vec<Point> = (0..=1000).map(|i| (f64::from(i), 0.0)).collect();
        points.extend((1..=1000).map(|i| (1000.0, f64::from(i))));
        let kept = polyline(&points, 0.2);
        assert_eq!(kept, [(0.0, 0.0), (1000.0, 0.0), (1000.0, 1000.0)]);
    }

    #[test]
    fn an_even_spread_keeps_both_ends() {
        let items: Vec<u32> = (0..1000).collect();
        assert_eq!(spread(&items, 4), [0, 333, 666, 999]);
    }
}
