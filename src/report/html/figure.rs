//! A figure on the page: the drawing itself, caption, files.

use maud::{Markup, PreEscaped, html};

use crate::figure::Svg;

/// A file that belongs to a figure: its name for people and its address relative to the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// `SVG`, `PNG`, `CSV`.
    pub label: &'a str,
    /// `figures/success.svg`.
    pub href: &'a str,
}

/// `svg` inlined, so that it follows the theme, under `id` (unique on the page).
#[must_use]
pub fn figure(svg: &Svg, id: &str, caption: &str, links: &[Link<'_>]) -> Markup {
    html! {
        figure id=(id) {
            div.canvas tabindex="0" { (PreEscaped(svg.inline(id))) }
            figcaption {
                (caption)
                @for link in links {
                    " " a.file href=(link.href) { (link.label) }
                }
                " " button.zoom type="button" hidden { "Enlarge" }
            }
        }
    }
}

/// Figures side by side where the page is wide enough.
#[must_use]
pub fn figures(all: &[Markup]) -> Markup {
    html! { div.figures { @for one in all { (one) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Chart;

    #[test]
    fn a_figure_stands_in_the_page_with_its_files() {
        let svg = Chart::new("x", "Title").draw().unwrap();
        let href = "figures/x.png";
        let page = figure(
            &svg,
            "lock-x",
            "What is <seen>",
            &[Link { label: "PNG", href }],
        );
        let page = page.into_string();
        assert!(page.contains("<figure id=\"lock-x\">"));
        assert!(page.contains("id=\"lock-x-plot\""));
        assert!(page.contains("What is &lt;seen&gt;"));
        assert!(page.contains("href=\"figures/x.png\""));
    }
}
