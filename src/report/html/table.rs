//! A table on the page: sortable, scrolling in its own box.

use maud::{Markup, html};

use crate::report::table::{Align, Cell, Table, Tone};

/// `table` with headings that sort. Wide tables scroll inside their box.
#[must_use]
pub fn table(table: &Table) -> Markup {
    let class = |align: Align| match align {
        Align::Left => "text",
        Align::Right => "num",
    };
    html! {
        div.scroll tabindex="0" role="group" aria-label=(table.caption) {
            table class=[breadth(table.columns.len())] {
                @if !table.caption.is_empty() { caption { span { (table.caption) } } }
                thead {
                    tr {
                        @for c in &table.columns {
                            th scope="col" class=(class(c.align)) aria-sort="none" {
                                button type="button" {
                                    (c.name)
                                    @if let Some(unit) = &c.unit { " " span.unit { "(" (unit) ")" } }
                                }
                            }
                        }
                    }
                }
                tbody {
                    @for row in 0..table.rows.len() {
                        tr {
                            @for (i, c) in table.columns.iter().enumerate() {
                                (cell(table.cell(row, i), class(c.align), i == 0))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Tables of many columns are printed smaller, so that the sheet holds them.
fn breadth(columns: usize) -> Option<&'static str> {
    match columns {
        0..=7 => None,
        8..=12 => Some("wide"),
        _ => Some("vast"),
    }
}

fn cell(cell: Option<&Cell>, class: &str, is_first: bool) -> Markup {
    let text = cell.map_or("", |c| c.text.as_str());
    let key = cell.and_then(Cell::sort_key);
    let tone = match cell.map(|c| c.tone) {
        Some(Tone::Good) => " good",
        Some(Tone::Bad) => " bad",
        _ => "",
    };
    // Short names of rows stay on one line.
    let name = if text.chars().count() <= 28 {
        " name"
    } else {
        ""
    };
    html! {
        @if is_first {
            th scope="row" class={ (class) (tone) (name) } data-sort=[key] { (text) }
        } @else {
            td class={ (class) (tone) (long(text, class)) } data-sort=[key] { (kept_together(text, class)) }
        }
    }
}

/// Long texts get a wider column, so that they do not break at every word.
fn long(text: &str, class: &str) -> &'static str {
    match text.chars().count() {
        19.. if class == "text" => " long",
        _ => "",
    }
}

/// Most letters of a text that stays on one line.
const SHORT: usize = 14;

/// A number stays on one line with its unit, its interval goes to the next where there is no room. So does a
/// text of a few words.
fn kept_together(text: &str, class: &str) -> String {
    if class != "num" {
        return match text.chars().count() {
            0..=SHORT => text.replace(' ', "\u{a0}"),
            _ => text.to_owned(),
        };
    }
    text.replace(' ', "\u{a0}").replace("\u{a0}(", " (")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    #[test]
    fn headings_are_buttons_and_numbers_carry_their_sort_key() {
        let columns = vec![
            Column::text("design", "Design"),
            Column::number("t50_min", "Half").unit("min"),
        ];
        let mut t = Table::new("Times.", columns);
        t.push(vec![
            Cell::text("<a>"),
            Cell::number(1234.5, |v| format!("{v:.0}")).tone(Tone::Bad),
        ]);
        t.push(vec![Cell::text("b"), Cell::missing()]);
        let page = table(&t).into_string();
        assert!(page.contains("aria-sort=\"none\"><button type=\"button\">Half"));
        assert!(page.contains("<td class=\"num bad\" data-sort=\"1234.5\">"));
        assert!(page.contains("<th scope=\"row\" class=\"text name\">&lt;a&gt;</th>"));
        assert!(page.contains("<td class=\"num\">–</td>"));
    }
}
