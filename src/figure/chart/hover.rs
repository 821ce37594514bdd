//! Values under the pointer: invisible shapes with a `<title>`, shown by any browser, and read by
//! the script of the report.

use std::fmt::Write as _;

use super::area::Area;
use super::decimate::spread;
use super::pen::{SCALE, Sheet};
use crate::figure::canvas::escape;

/// Most shapes of one chart, so that a picture stays small.
const LIMIT: usize = 360;

/// One value to be read.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) shape: Shape,
    pub(super) text: String,
}

/// Where it is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Around a point.
    Point(f64, f64),
    /// On a bar or cell.
    Box(Area),
}

/// The group of all `hits`, thinned evenly where there are too many points.
pub(super) fn draw(sheet: &mut Sheet, hits: &[Hit]) {
    if hits.is_empty() {
        return;
    }
    let boxes = hits.iter().filter(|h| matches!(h.shape, Shape::Box(_)));
    let points: Vec<&Hit> = hits
        .iter()
        .filter(|h| matches!(h.shape, Shape::Point(..)))
        .collect();
    let mut out = String::from("<g class=\"hits\" fill-opacity=\"0\">\n");
    let whole = |px: f64| (px * SCALE).round();
    for hit in boxes.chain(spread(&points, LIMIT)) {
        let text = escape(&hit.text);
        let _written = match hit.shape {
            Shape::Point(x, y) => {
                let (x, y, r) = (whole(x), whole(y), whole(6.0));
                writeln!(
                    out,
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\"><title>{text}</title></circle>"
                )
            }
            Shape::Box(a) => {
                let (x, y) = (whole(a.left), whole(a.top));
                let (w, h) = (whole(a.width().max(2.0)), whole(a.height().max(2.0)));
                writeln!(
                    out,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"><title>{text}</title></rect>"
                )
            }
        };
    }
    out.push_str("</g>\n");
    sheet.raw(&out);
}
