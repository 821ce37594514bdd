//! A table, once, for page, terminal and file.

use crate::stats::Estimate;

/// A table: columns, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// What the table shows, one sentence.
    pub caption: String,
    /// Columns; the first names the row.
    pub columns: Vec<Column>,
    /// Rows; a missing cell is empty, a surplus one is not shown.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name for machines, with the unit as suffix: `t50_min`.
    pub key: String,
    /// Name for people.
    pub name: String,
    /// Unit, set in parentheses after the name.
    pub unit: Option<String>,
    /// Side on which the cells stand.
    pub align: Align,
}

/// Side on which cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// How a cell is to be taken; said by the text too, never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither.
    #[default]
    Plain,
    /// Good news.
    Good,
    /// Bad news.
    Bad,
}

/// One cell: what is read, and what a machine gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What people read.
    pub text: String,
    /// What is sorted by and written to CSV.
    pub data: Data,
    /// How it is to be taken.
    pub tone: Tone,
}

/// The content of a cell for machines.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing.
    Missing,
    /// The text itself.
    Text,
    /// A number in the unit of the column.
    Number(f64),
    /// An exact count, of any size.
    Count(u128),
    /// A value with its interval, in the unit of the column.
    Estimate(Estimate),
}

impl Table {
    /// A table without rows.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Without its first column, for where that says the same in every row.
    #[must_use]
    pub fn without_first(mut self) -> Self {
        if !self.columns.is_empty() {
            self.columns.remove(0);
        }
        for row in self.rows.iter_mut().filter(|r| !r.is_empty()) {
            row.remove(0);
        }
        self
    }

    /// The cell at `row` and `column`, or `None` where the row ends before it.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }
}

impl Column {
    /// A column of text.
    pub fn text(key: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            name: name.into(),
            unit: None,
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub fn number(key: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            align: Align::Right,
            ..Self::text(key, name)
        }
    }

    /// With this unit.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = Some(unit.into());
        self
    }

    /// Name and unit: `Time (min)`.
    #[must_use]
    pub fn heading(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} ({unit})", self.name),
            None => self.name.clone(),
        }
    }
}

impl Cell {
    fn new(text: impl Into<String>, data: Data) -> Self {
        Self {
            text: text.into(),
            data,
            tone: Tone::Plain,
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(text, Data::Text)
    }

    /// Nothing to say: a dash.
    #[must_use]
    pub fn missing() -> Self {
        Self::new("–", Data::Missing)
    }

    /// A number, written by `format`; a dash where it is not finite.
    pub fn number(v: f64, format: impl Fn(f64) -> String) -> Self {
        if v.is_finite() {
            Self::new(format(v), Data::Number(v))
        } else {
            Self::missing()
        }
    }

    /// An exact count, its digits in groups of three.
    pub fn count(n: impl Into<u128>) -> Self {
        let n = n.into();
        Self::new(grouped(&n.to_string()), Data::Count(n))
    }

    /// An estimate, numbers written by `format`: `93 (88 to 110)`, `> 88` where only a lower limit
    /// is known.
    pub fn estimate(e: &Estimate, format: impl Fn(f64) -> String) -> Self {
        let text = match (e.value, e.low, e.high) {
            (Some(v), Some(low), Some(high)) if low < high => {
                format!("{} ({} to {})", format(v), format(low), format(high))
            }
            (Some(v), Some(low), None) => format!("{} (> {})", format(v), format(low)),
            (Some(v), None, Some(high)) => format!("{} (< {})", format(v), format(high)),
            (Some(v), ..) => format(v),
            (None, Some(low), None) => format!("> {}", format(low)),
            (None, None, Some(high)) => format!("< {}", format(high)),
            (None, Some(low), Some(high)) => format!("{} to {}", format(low), format(high)),
            (None, None, None) => return Self::missing(),
        };
        Self::new(text, Data::Estimate(*e))
    }

    /// With this tone.
    #[must_use]
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The number by which rows are sorted, if the cell holds one.
    #[must_use]
    pub fn sort_key(&self) -> Option<f64> {
        match &self.data {
            Data::Number(v) => Some(*v),
            Data::Count(n) => Some(*n as f64),
            // "More than the budget" sorts after every time within it.
            Data::Estimate(e) => e.value.or(e.low).or(e.high),
            Data::Missing | Data::Text => None,
        }
    }
}

/// Digits in groups of three from five digits on, set apart by a no-break space.
fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
        let e = Estimate::from_options(value, low, high, 0.95);
        Cell::estimate(&e, |v| format!("{v:.0}")).text
    }

    #[test]
    fn an_estimate_says_what_is_known_and_nothing_more() {
        assert_eq!(said(Some(93.0), Some(88.0), Some(110.0)), "93 (88 to 110)");
        assert_eq!(said(Some(93.0), Some(88.0), None), "93 (> 88)");
        assert_eq!(said(None, Some(88.0), None), "> 88");
        assert_eq!(said(Some(5.0), Some(5.0), Some(5.0)), "5");
        assert_eq!(said(None, None, None), "–");
    }

    #[test]
    fn a_count_keeps_every_digit() {
        let cell = Cell::count(12_345_678_901_234_567_890_u128);
        assert_eq!(cell.text.replace('\u{a0}', ""), "12345678901234567890");
    }
}
