//! The frame of the page: head, navigation, sections, footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Colours, layout, print.
const STYLE: &str = include_str!("../../../assets/report.css");
/// Theme, sorting, values under the pointer. The page reads just as well without it.
const SCRIPT: &str = include_str!("../../../assets/report.js");
/// Set before the first paint, so that a remembered theme does not flash.
const EARLY: &str = "try{var t=localStorage.getItem('wheelpack-theme');\
    if(t==='dark'||t==='light')document.documentElement.dataset.theme=t}catch(e){}";
/// The browser itself refuses whatever would leave the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
    img-src data:; base-uri 'none'; form-action 'none'";

/// A page.
#[derive(Debug, Clone)]
pub struct Page {
    /// Title, also of the window.
    pub title: String,
    /// What the reader should know first.
    pub lead: Markup,
    /// Sections in the order of reading.
    pub sections: Vec<Section>,
    /// Last words: versions, hashes.
    pub footer: Markup,
}

/// A section, with a link of its own in the navigation.
#[derive(Debug, Clone)]
pub struct Section {
    /// Fragment of the address, unique on the page; `content`, `theme` and `tip` are taken.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Content.
    pub body: Markup,
    /// Sections within; one level is shown in the navigation.
    pub parts: Vec<Section>,
}

impl Section {
    /// A section without parts.
    pub fn new(id: impl Into<String>, title: impl Into<String>, body: Markup) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            body,
            parts: Vec::new(),
        }
    }

    /// With one more part.
    #[must_use]
    pub fn part(mut self, part: Self) -> Self {
        self.parts.push(part);
        self
    }

    fn render(&self, depth: u8) -> Markup {
        html! {
            section id=(self.id) {
                @let link = html! {
                    (self.title) " "
                    a.anchor href={ "#" (self.id) } aria-label={ "Link to " (self.title) } { "#" }
                };
                @match depth {
                    0 => h2 { (link) },
                    1 => h3 { (link) },
                    _ => h4 { (link) },
                }
                (self.body)
                @for part in &self.parts { (part.render(depth + 1)) }
            }
        }
    }
}

impl Page {
    /// The whole document.
    #[must_use]
    pub fn render(&self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) }
                    style { (PreEscaped(STYLE)) }
                    script { (PreEscaped(EARLY)) }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header {
                        h1 { (self.title) }
                        button #theme type="button" hidden { "Dark theme" }
                    }
                    (self.navigation())
                    main #content tabindex="-1" {
                        div.lead { (self.lead) }
                        @for section in &self.sections { (section.render(0)) }
                    }
                    footer { (self.footer) }
                    div #tip role="status" aria-live="polite" hidden {}
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string()
    }

    fn navigation(&self) -> Markup {
        let entry = |s: &Section| html! { a href={ "#" (s.id) } { (s.title) } };
        html! {
            nav aria-label="Sections" {
                ul {
                    @for s in &self.sections {
                        li {
                            (entry(s))
                            @if !s.parts.is_empty() {
                                ul { @for part in &s.parts { li { (entry(part)) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::theme;

    fn page() -> String {
        let inner = Section::new("keys-count", "Counts & rules", html! { p { "1 < 2" } });
        Page {
            title: "Locks <compared>".to_owned(),
            lead: html! { p { "Lead" } },
            sections: vec![Section::new("keys", "Keyspace", html! {}).part(inner)],
            footer: html! { p { "Foot" } },
        }
        .render()
    }

    #[test]
    fn a_page_escapes_texts_and_links_every_section() {
        let page = page();
        assert!(page.contains("<title>Locks &lt;compared&gt;</title>"));
        for id in ["keys", "keys-count"] {
            assert!(page.contains(&format!("<section id=\"{id}\">")));
            assert!(page.contains(&format!("href=\"#{id}\"")));
        }
        assert!(page.contains("Counts &amp; rules"));
    }

    #[test]
    fn a_page_asks_nothing_of_the_network() {
        let page = page();
        for outside in [
            "http://", "https://", "//cdn", "@import", "url(", "src=", "fetch(",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
    }

    /// The declarations `--name: #hex` of the rule that begins with `selector`, from `start` on.
    fn variables(selector: &str) -> Vec<(String, String)> {
        let at = STYLE.find(selector).unwrap_or_else(|| panic!("{selector}"));
        let block = STYLE[at..].split(['{', '}']).nth(1).unwrap();
        let declared = block
            .split(';')
            .filter_map(|d| d.trim().strip_prefix("--")?.split_once(':'));
        declared
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .filter(|(_, value)| value.starts_with('#'))
            .collect()
    }

    fn luminance(hex: &str) -> f64 {
        let (r, g, b) = theme::rgb(hex);
        let lin = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                crate::math::pow((c + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * lin(r) + 0.7152 * lin(g) + 0.0722 * lin(b)
    }

    #[test]
    fn both_themes_are_readable_and_know_the_same_colours() {
        let light = variables(":root {");
        let dark = variables(":root:not([data-theme=\"light\"]) {");
        assert_eq!(dark, variables(":root[data-theme=\"dark\"] {"));
        let names = |v: &[(String, String)]| v.iter().map(|p| p.0.clone()).collect::<Vec<_>>();
        assert_eq!(names(&light), names(&dark));
        for colours in [&light, &dark] {
            let of = |name: &str| {
                let found = colours.iter().find(|c| c.0 == name);
                luminance(&found.unwrap_or_else(|| panic!("{name}")).1)
            };
            let contrast = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
            for text in ["ink", "muted", "link", "good", "bad"] {
                for ground in ["paper", "shade", "page"] {
                    let found = contrast(of(text), of(ground));
                    assert!(found >= 4.5, "{text} on {ground}: {found}");
                }
            }
            for c in theme::SERIES {
                assert!(
                    contrast(of(c.variable), of("paper")) >= 3.0,
                    "{}",
                    c.variable
                );
            }
        }
    }

    #[test]
    fn the_light_theme_of_the_page_is_the_theme_of_the_figures() {
        let light = variables(":root {");
        for c in theme::all() {
            let found = light.iter().find(|(name, _)| name == c.variable);
            assert_eq!(found.map(|f| f.1.as_str()), Some(c.hex), "{}", c.variable);
        }
    }
}
