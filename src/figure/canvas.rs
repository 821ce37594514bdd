//! A finished picture as SVG, and the PNG made from it.
//!
//! The stored text uses the light colours of [`super::theme`] as plain values, so that it looks
//! right wherever it is opened; [`Svg::inline`] turns them into CSS variables for a page.

use std::fmt::Write as _;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg;

use super::{font, theme};
use crate::error::{Error, Result};

/// What stands at the head of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// Short name, for messages.
    pub name: &'static str,
    /// Title, read aloud first.
    pub title: String,
    /// What the picture shows, for readers who cannot see it.
    pub alt: String,
    /// Size on the page in CSS pixels: width, height.
    pub size_px: (f64, f64),
    /// Left, top, width and height of the drawn area in units of the drawing (mm, for example).
    pub view_box: [f64; 4],
}

/// A picture: a complete SVG document.
#[derive(Debug, Clone, PartialEq)]
pub struct Svg {
    name: &'static str,
    size_px: (f64, f64),
    markup: String,
}

impl Svg {
    /// The picture with `body`, SVG elements such as a `svg::node::element::Group` as text.
    ///
    /// # Errors
    /// [`Error::Figure`] where head and body do not make a well-formed document.
    pub fn new(head: &Head, body: &str) -> Result<Self> {
        let mut markup = String::with_capacity(body.len() + 512);
        let (w, h) = head.size_px;
        let [x, y, vw, vh] = head.view_box;
        let (title, alt) = (escape(&head.title), escape(&head.alt));
        let _written = write!(
            markup,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{x} {y} {vw} {vh}\" font-family=\"{}\" role=\"img\" \
             aria-label=\"{title}\">\n<title>{title}</title>\n<desc>{alt}</desc>\n{body}</svg>\n",
            font::FAMILY,
        );
        let svg = Self {
            name: head.name,
            size_px: head.size_px,
            markup,
        };
        svg.tree()?;
        Ok(svg)
    }

    /// Name of the picture.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Width and height on the page in CSS pixels.
    #[must_use]
    pub fn size_px(&self) -> (f64, f64) {
        self.size_px
    }

    /// The document for a file of its own: plain light colours.
    #[must_use]
    pub fn standalone(&self) -> &str {
        &self.markup
    }

    /// The element for a page: colours as `var(--name)`, which the page has to declare, every id under `prefix`,
    /// which must be unique on the page and a valid start of an id.
    #[must_use]
    pub fn inline(&self, prefix: &str) -> String {
        with_variables(&self.markup)
            .replace(" id=\"", &format!(" id=\"{prefix}-"))
            .replace("url(#", &format!("url(#{prefix}-"))
            .replace("href=\"#", &format!("href=\"#{prefix}-"))
    }

    /// The picture as PNG at `scale` pixels a CSS pixel; the same bytes every time.
    ///
    /// # Errors
    /// [`Error::Figure`] where the size is not between 1 and 20 000 pixels a side.
    pub fn to_png(&self, scale: f64) -> Result<Vec<u8>> {
        let side = |px: f64| (px * scale).round();
        let (w, h) = (side(self.size_px.0), side(self.size_px.1));
        if !(1.0..=20_000.0).contains(&w) || !(1.0..=20_000.0).contains(&h) {
            return Err(self.failed(format!("a PNG of {w} × {h} pixels")));
        }
        let tree = self.tree()?;
        let mut pixels = Pixmap::new(w as u32, h as u32)
            .ok_or_else(|| self.failed("no memory for its pixels".to_owned()))?;
        // Pictures without a ground of their own are read in dark viewers too.
        pixels.fill(Color::WHITE);
        let size = tree.size();
        let fit = Transform::from_scale(w as f32 / size.width(), h as f32 / size.height());
        resvg::render(&tree, fit, &mut pixels.as_mut());
        pixels.encode_png().map_err(|e| self.failed(e.to_string()))
    }

    /// The picture as the renderer sees it, text laid out.
    pub(crate) fn tree(&self) -> Result<usvg::Tree> {
        let options = usvg::Options {
            fontdb: font::database(),
            ..usvg::Options::default()
        };
        usvg::Tree::from_str(&self.markup, &options).map_err(|e| self.failed(e.to_string()))
    }

    fn failed(&self, why: String) -> Error {
        Error::Figure {
            figure: self.name,
            why,
        }
    }
}

/// `text` as it may stand in SVG or an attribute of it.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Every attribute `"#rrggbb"` that is a colour of the theme, as its CSS variable.
fn with_variables(markup: &str) -> String {
    let known = theme::all();
    let mut out = String::with_capacity(markup.len() + markup.len() / 4);
    let mut rest = markup;
    while let Some(at) = rest.find("\"#") {
        let (before, found) = rest.split_at(at);
        out.push_str(before);
        let hex = found.get(1..8).unwrap_or("");
        let colour = known.iter().find(|c| c.hex.eq_ignore_ascii_case(hex));
        match colour.filter(|_| found.as_bytes().get(8) == Some(&b'"')) {
            Some(c) => {
                let _written = write!(out, "\"var(--{})\"", c.variable);
                rest = &found[9..];
            }
            None => {
                out.push_str("\"#");
                rest = &found[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(body: &str) -> Result<Svg> {
        let head = Head {
            name: "square",
            title: "A \"square\" & more".to_owned(),
            alt: "Nothing < something".to_owned(),
            size_px: (40.0, 20.0),
            view_box: [-1.0, -0.5, 2.0, 1.0],
        };
        Svg::new(&head, body)
    }

    #[test]
    fn a_png_has_the_size_asked_for_and_the_same_bytes_twice() {
        let svg =
            square("<rect x=\"-1\" y=\"-1\" width=\"9\" height=\"9\" fill=\"#0072b2\"/>").unwrap();
        let png = svg.to_png(2.5).unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), (100, 50));
        let middle = pixels.pixel(50, 25).unwrap();
        assert_eq!(
            (middle.red(), middle.green(), middle.blue()),
            (0, 0x72, 0xb2)
        );
        assert_eq!(png, svg.to_png(2.5).unwrap());
    }

    #[test]
    fn a_picture_too_large_or_not_well_formed_is_an_error() {
        assert!(square("<g>").is_err());
        assert!(square("").unwrap().to_png(1e6).is_err());
        assert!(square("").unwrap().to_png(f64::NAN).is_err());
    }

    #[test]
    fn inline_colours_are_variables_and_ids_are_prefixed() {
        let body = "<clipPath id=\"a\"><path d=\"\"/></clipPath>\
                    <g clip-path=\"url(#a)\" fill=\"#1B1F24\" stroke=\"#123456\"/>";
        let inline = square(body).unwrap().inline("lock-1");
        assert!(inline.contains("id=\"lock-1-a\""));
        assert!(inline.contains("url(#lock-1-a)"));
        assert!(inline.contains("fill=\"var(--ink)\" stroke=\"#123456\""));
    }
}
