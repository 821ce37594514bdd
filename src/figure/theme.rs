//! The colours of every figure: one light value each, and the CSS variable that replaces it when
//! the figure stands in a page with a theme of its own.

/// A colour of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Name of the CSS variable, without the dashes.
    pub variable: &'static str,
    /// Value on light paper as written in SVG attributes, `#rrggbb` in lower case.
    pub hex: &'static str,
}

const fn colour(variable: &'static str, hex: &'static str) -> Colour {
    Colour { variable, hex }
}

/// Text and outlines.
pub const INK: Colour = colour("ink", "#1b1f24");
/// Secondary text: ticks, units.
pub const MUTED: Colour = colour("muted", "#57606a");
/// Grid lines and hairlines.
pub const GRID: Colour = colour("grid", "#dde2e8");
/// Background.
pub const PAPER: Colour = colour("paper", "#ffffff");
/// A quiet filled area: forbidden zones, reference bands, bodies of parts.
pub const SHADE: Colour = colour("shade", "#eef1f4");
/// A metal part in a drawing.
pub const METAL: Colour = colour("metal", "#c9d0d8");

/// Colours of the series: tellable apart by colour-blind readers (after Okabe and Ito, darkened
/// so that thin lines keep a contrast of 3:1 on white).
pub const SERIES: [Colour; 8] = [
    colour("c0", "#0072b2"),
    colour("c1", "#d55e00"),
    colour("c2", "#00906a"),
    colour("c3", "#b5548a"),
    colour("c4", "#a87400"),
    colour("c5", "#3a93cf"),
    colour("c6", "#5f6873"),
    colour("c7", "#6b46a8"),
];

/// The colour of series `index`; repeats after eight, where dash or marker must differ.
#[must_use]
pub fn series(index: usize) -> Colour {
    SERIES[index % SERIES.len()]
}

/// All colours that have a variable.
#[must_use]
pub fn all() -> Vec<Colour> {
    let mut all = vec![INK, MUTED, GRID, PAPER, SHADE, METAL];
    all.extend(SERIES);
    all
}

/// Anchors of the ramp of heat maps (cividis), light to dark, as RGB.
const RAMP: [[f64; 3]; 6] = [
    [253.0, 231.0, 140.0],
    [205.0, 187.0, 105.0],
    [157.0, 149.0, 117.0],
    [113.0, 114.0, 119.0],
    [62.0, 80.0, 112.0],
    [0.0, 38.0, 84.0],
];

/// The colour of a share in `[0, 1]` of a heat map's range, light to dark, in 48 steps; it does
/// not follow the theme, since the reading depends on it.
#[must_use]
pub fn ramp(share: f64) -> [u8; 3] {
    let stepped = (share.clamp(0.0, 1.0) * 47.0).round() / 47.0;
    let at = stepped * (RAMP.len() - 1) as f64;
    let i = (at.floor() as usize).min(RAMP.len() - 2);
    let t = at - i as f64;
    std::array::from_fn(|c| (RAMP[i][c] + t * (RAMP[i + 1][c] - RAMP[i][c])).round() as u8)
}

/// Red, green and blue of a `#rrggbb` colour.
pub(crate) fn rgb(hex: &str) -> (u8, u8, u8) {
    let part = |i: usize| {
        hex.get(i..i + 2)
            .and_then(|h| u8::from_str_radix(h, 16).ok())
            .unwrap_or(0)
    };
    (part(1), part(3), part(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::pow;

    fn luminance(hex: &str) -> f64 {
        let (r, g, b) = rgb(hex);
        let lin = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                pow((c + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * lin(r) + 0.7152 * lin(g) + 0.0722 * lin(b)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_has_a_contrast_of_4_5_and_lines_of_3_on_paper() {
        for c in [INK, MUTED] {
            assert!(contrast(c.hex, PAPER.hex) >= 4.5, "{}", c.variable);
        }
        for c in SERIES {
            assert!(contrast(c.hex, PAPER.hex) >= 3.0, "{}", c.variable);
        }
    }

    #[test]
    fn the_ramp_grows_darker_all_the_way() {
        let dark = |[r, g, b]: [u8; 3]| luminance(&format!("#{r:02x}{g:02x}{b:02x}"));
        let steps: Vec<f64> = (0..48).map(|i| dark(ramp(f64::from(i) / 47.0))).collect();
        assert!(steps.windows(2).all(|w| w[0] > w[1]));
    }
}
