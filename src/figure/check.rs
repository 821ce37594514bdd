//! Whether the text of a picture can be read: inside its frame, not one over the other.

use resvg::usvg::{Group, Node, Rect};

use super::Svg;
use crate::error::Result;

/// Smallest text size allowed, in CSS pixels.
pub const MIN_TEXT_PX: f32 = 11.0;

/// What is wrong with the layout of the text of `svg`, one sentence each; empty when all is well.
///
/// Boxes are those of the renderer, in CSS pixels; an overlap below half a pixel is not reported.
///
/// # Errors
/// [`crate::Error::Figure`] where the picture cannot be read.
pub fn layout_faults(svg: &Svg) -> Result<Vec<String>> {
    let tree = svg.tree()?;
    let mut texts = Vec::new();
    collect(tree.root(), &mut texts);
    let (w, h) = (tree.size().width(), tree.size().height());
    let mut faults = Vec::new();
    for (i, (text, at, size)) in texts.iter().enumerate() {
        let slack = 0.5;
        if at.left() < -slack
            || at.top() < -slack
            || at.right() > w + slack
            || at.bottom() > h + slack
        {
            faults.push(format!("`{text}` leaves the picture: {at:?} of {w} × {h}"));
        }
        if *size < MIN_TEXT_PX - 0.01 {
            faults.push(format!("`{text}` is set at {size} px"));
        }
        for (other, there, _) in &texts[i + 1..] {
            let dx = at.right().min(there.right()) - at.left().max(there.left());
            let dy = at.bottom().min(there.bottom()) - at.top().max(there.top());
            if dx > slack && dy > slack {
                faults.push(format!("`{text}` lies over `{other}` by {dx} × {dy} px"));
            }
        }
    }
    Ok(faults)
}

fn collect(group: &Group, texts: &mut Vec<(String, Rect, f32)>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, texts),
            Node::Text(t) => {
                let words: String = t.chunks().iter().map(|c| c.text()).collect();
                let spans = t.chunks().iter().flat_map(|c| c.spans());
                let scale = t.abs_transform().get_scale().1;
                let size = spans
                    .map(|s| s.font_size().get() * scale)
                    .fold(f32::MAX, f32::min);
                texts.push((words.trim().to_owned(), t.abs_bounding_box(), size));
            }
            _ => {}
        }
    }
}
