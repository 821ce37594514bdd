//! The one font of all figures, carried in the program, and the size of text set in it.

use std::sync::{Arc, Once, OnceLock};

use plotters::style::{FontStyle, IntoFont as _, register_font};
use resvg::usvg::fontdb::Database;

/// DejaVu Sans, subset; licence in `assets/DejaVu-LICENSE.txt`.
static DEJAVU: &[u8] = include_bytes!("../../assets/DejaVuSans-subset.ttf");

/// The family name by which figures ask for it.
pub const FAMILY: &str = "sans-serif";

/// Distance of base lines as a multiple of the font size.
pub const LINE: f64 = 1.3;

/// (ascent + descent) / em of DejaVu Sans: the plotting library measures by the former.
const HEIGHT_PER_EM: f64 = 2384.0 / 2048.0;

/// The font database of the renderer: this font and nothing of the system.
pub(crate) fn database() -> Arc<Database> {
    static DATABASE: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(DATABASE.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_font_data(DEJAVU.to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    }))
}

/// Makes the font known to the plotting library; cheap to repeat.
pub(crate) fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Cannot fail for the font compiled in; without it every text would be an error anyway.
        let _known = register_font(FAMILY, FontStyle::Normal, DEJAVU);
    });
}

/// Width in pixels of `text` set at `size_px`.
#[must_use]
pub fn width_px(text: &str, size_px: f64) -> f64 {
    const MEASURED_AT: f64 = 1000.0;
    register();
    let font = (FAMILY, MEASURED_AT * HEIGHT_PER_EM).into_font();
    let wide = font.layout_box(text).map_or(0, |(_, (w, _))| w);
    f64::from(wide) * size_px / MEASURED_AT
}

/// `text` broken into lines at most `limit_px` wide; a word longer than a line is broken inside.
/// Never empty.
#[must_use]
pub fn wrap(text: &str, size_px: f64, limit_px: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width_px(&joined, size_px) <= limit_px {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            let longer = format!("{line}{c}");
            if !line.is_empty() && width_px(&longer, size_px) > limit_px {
                lines.push(std::mem::replace(&mut line, c.to_string()));
            } else {
                line = longer;
            }
        }
    }
    lines.push(line);
    lines
}

/// The widest of `lines`, in pixels.
#[must_use]
pub fn widest_px(lines: &[String], size_px: f64) -> f64 {
    lines
        .iter()
        .map(|l| width_px(l, size_px))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_keep_every_letter_and_fit() {
        let text = "Probability that the lock is open incomprehensibilities";
        let lines = wrap(text, 12.0, 90.0);
        assert!(lines.len() > 3);
        assert!(widest_px(&lines, 12.0) <= 90.0);
        let letters = |s: &str| s.replace(' ', "");
        assert_eq!(letters(&lines.concat()), letters(text));
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(wrap("", 12.0, 90.0), [""]);
    }
}
