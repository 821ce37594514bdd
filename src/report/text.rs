//! A table as text for a terminal.
//!
//! The columns that fit stand side by side, long texts wrapped; the rest follow in further blocks,
//! each again with the column that names the rows.

use comfy_table::{Attribute, Cell as TextCell, CellAlignment, Color, ColumnConstraint};
use comfy_table::{ContentArrangement, Table as Grid, Width, presets};

use super::table::{Align, Cell, Column, Table, Tone};

/// How the text is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal; at least 20 are used.
    pub width: u16,
    /// Whether headings and tones are styled by escape sequences.
    pub is_coloured: bool,
}

/// Widest a text column is made before it wraps, in characters.
const WRAP: usize = 36;
/// Between two columns.
const GAP: usize = 2;

/// `table` as lines, each ended by `\n`, none wider than `style.width`; the caption first.
#[must_use]
pub fn render(table: &Table, style: Style) -> String {
    let width = usize::from(style.width.max(20));
    let mut out = String::new();
    if !table.caption.is_empty() {
        for line in wrapped(&table.caption, width) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    for (i, block) in blocks(table, width).iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for line in grid(table, block, style.is_coloured).lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The columns of each block, with their widths: as many as fit beside the first.
fn blocks(table: &Table, width: usize) -> Vec<Vec<(usize, usize)>> {
    let mut blocks: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut taken = 0;
    for c in 0..table.columns.len() {
        let least = least(table, c);
        if c == 0 || (taken + GAP + least > width && blocks.last().is_some_and(|b| b.len() > 1)) {
            let first = self::least(table, 0).min(width);
            blocks.push(vec![(0, first)]);
            taken = first;
        }
        if let Some(block) = blocks.last_mut().filter(|_| c > 0) {
            block.push((c, least));
            taken += GAP + least;
        }
    }
    for block in &mut blocks {
        fit(table, block, width);
    }
    blocks
}

/// Widens columns that wrap while there is room, narrows the widest while there is too little.
fn fit(table: &Table, block: &mut [(usize, usize)], width: usize) {
    let gaps = GAP * (block.len() - 1);
    let room = width.saturating_sub(gaps);
    let total = |block: &[(usize, usize)]| block.iter().map(|b| b.1).sum::<usize>();
    for i in 0..block.len() {
        let (c, w) = block[i];
        let spare = room.saturating_sub(total(block));
        block[i].1 = w + spare.min(natural(table, c).saturating_sub(w));
    }
    while total(block) > room {
        match block.iter_mut().max_by_key(|b| b.1) {
            Some(widest) if widest.1 > 1 => widest.1 -= 1,
            _ => break,
        }
    }
}

/// The width at which nothing in column `c` wraps.
fn natural(table: &Table, c: usize) -> usize {
    count(&table.columns[c].heading()).max(longest_cell(table, c))
}

/// The width at which column `c` reads well: no number wraps, no word of the heading breaks, texts
/// wrap at [`WRAP`].
fn least(table: &Table, c: usize) -> usize {
    let column = &table.columns[c];
    let heading = column.heading();
    let longest_word = heading.split_whitespace().map(count).max().unwrap_or(0);
    let limit = match column.align {
        Align::Left => WRAP,
        Align::Right => usize::MAX,
    };
    longest_word.max(longest_cell(table, c).min(limit)).max(1)
}

fn longest_cell(table: &Table, c: usize) -> usize {
    let cells = table.rows.iter().filter_map(|r| r.get(c));
    cells.map(|cell| count(&cell.text)).max().unwrap_or(0)
}

fn count(text: &str) -> usize {
    text.chars().count()
}

fn grid(table: &Table, block: &[(usize, usize)], is_coloured: bool) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .force_no_tty();
    if is_coloured {
        grid.enforce_styling();
    }
    let columns: Vec<&Column> = block.iter().map(|b| &table.columns[b.0]).collect();
    grid.set_header(columns.iter().map(|c| heading(c, is_coloured)));
    grid.add_row(block.iter().map(|b| TextCell::new("─".repeat(b.1))));
    for row in 0..table.rows.len() {
        grid.add_row(block.iter().zip(&columns).map(|(b, column)| {
            let cell = table.cell(row, b.0);
            body(cell, is_coloured).set_alignment(side(column.align))
        }));
    }
    for (i, (column, (_, width))) in grid.column_iter_mut().zip(block).enumerate() {
        let gap = if i + 1 < block.len() { GAP } else { 0 };
        column.set_padding((0, gap as u16));
        let whole = u16::try_from(width + gap).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(whole)));
    }
    grid.to_string()
}

fn heading(column: &Column, is_coloured: bool) -> TextCell {
    let cell = TextCell::new(column.heading()).set_alignment(side(column.align));
    if is_coloured {
        cell.add_attribute(Attribute::Bold)
    } else {
        cell
    }
}

fn body(cell: Option<&Cell>, is_coloured: bool) -> TextCell {
    let text = TextCell::new(cell.map_or("", |c| c.text.as_str()));
    match cell.map(|c| c.tone).filter(|_| is_coloured) {
        Some(Tone::Good) => text.fg(Color::Green),
        Some(Tone::Bad) => text.fg(Color::Red),
        _ => text,
    }
}

fn side(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    }
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("never empty");
        if !line.is_empty() && count(line) + 1 + count(word) > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;

    fn sample(columns: usize) -> Table {
        let mut all = vec![Column::text("design", "Design")];
        all.extend((1..columns).map(|c| {
            Column::number(format!("t{c}_min"), format!("Time to share {c}")).unit("min")
        }));
        all.push(Column::text("note", "Note"));
        let mut table = Table::new("How long designs resist, by share of locks opened.", all);
        for (i, name) in ["group2-dial", "group2m-false-gates"].iter().enumerate() {
            let mut row = vec![Cell::text(*name)];
            row.extend((1..columns).map(|c| {
                let v = (i * 100 + c) as f64;
                let e = Estimate::new(v, v * 0.9, v * 1.2, 0.95);
                Cell::estimate(&e, |v| format!("{v:.1}"))
            }));
            row.push(Cell::text(
                "a remark that is much too long to stand on one line of a table",
            ));
            table.push(row);
        }
        table
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_every_value_is_there() {
        for width in [20, 40, 80, 200] {
            for columns in [1, 3, 12] {
                let table = sample(columns);
                let style = Style {
                    width,
                    is_coloured: false,
                };
                let text = render(&table, style);
                let widest = text.lines().map(count).max().unwrap();
                assert!(widest <= usize::from(width), "{widest} > {width}\n{text}");
                if width >= 80 {
                    for cell in table.rows.iter().flatten().take(columns) {
                        assert!(text.contains(&cell.text), "{} in\n{text}", cell.text);
                    }
                }
            }
        }
    }

    #[test]
    fn escape_sequences_come_only_when_asked_for() {
        let mut table = sample(2);
        table.rows[0][0].tone = Tone::Bad;
        let style = |is_coloured| Style {
            width: 80,
            is_coloured,
        };
        assert!(!render(&table, style(false)).contains('\u{1b}'));
        assert!(render(&table, style(true)).contains('\u{1b}'));
    }

    #[test]
    fn a_table_without_columns_is_its_caption() {
        let style = Style {
            width: 80,
            is_coloured: false,
        };
        assert_eq!(render(&Table::new("Nothing.", vec![]), style), "Nothing.\n");
    }
}
