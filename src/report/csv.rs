//! A table as CSV: machine names, full precision, an estimate in three columns.

use super::table::{Cell, Data, Table};

/// `table` as CSV with `\n` line ends. A column that holds estimates becomes `key`, `key_low` and
/// `key_high`; a missing value is an empty field.
#[must_use]
pub fn render(table: &Table) -> String {
    let is_wide: Vec<bool> = (0..table.columns.len())
        .map(|c| {
            let cells = table.rows.iter().filter_map(|r| r.get(c));
            cells
                .into_iter()
                .any(|c| matches!(c.data, Data::Estimate(_)))
        })
        .collect();
    let mut header = Vec::new();
    for (column, wide) in table.columns.iter().zip(&is_wide) {
        header.push(column.key.clone());
        if *wide {
            header.extend(["low", "high"].map(|end| format!("{}_{end}", column.key)));
        }
    }
    let mut out = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail: every record has the length of the header.
    let mut ok = out.write_record(&header).is_ok();
    for row in 0..table.rows.len() {
        let mut record = Vec::with_capacity(header.len());
        for (c, wide) in is_wide.iter().enumerate() {
            push(&mut record, table.cell(row, c), *wide);
        }
        ok &= out.write_record(&record).is_ok();
    }
    debug_assert!(ok, "a record of the length of the header");
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn push(record: &mut Vec<String>, cell: Option<&Cell>, is_wide: bool) {
    let number = |v: Option<f64>| v.map_or_else(String::new, |v| v.to_string());
    let (value, low, high) = match cell.map(|c| &c.data) {
        None | Some(Data::Missing) => (String::new(), None, None),
        Some(Data::Text) => (
            cell.map_or_else(String::new, |c| c.text.clone()),
            None,
            None,
        ),
        Some(Data::Number(v)) => (v.to_string(), Some(*v), Some(*v)),
        Some(Data::Count(n)) => (n.to_string(), None, None),
        Some(Data::Estimate(e)) => (number(e.value), e.low, e.high),
    };
    record.push(value);
    if is_wide {
        record.extend([number(low), number(high)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;
    use crate::stats::Estimate;

    #[test]
    fn estimates_take_three_columns_and_texts_are_quoted_where_needed() {
        let columns = vec![
            Column::text("design", "Design"),
            Column::number("t50_min", "Half"),
        ];
        let mut table = Table::new("", columns);
        let e = Estimate::from_options(Some(93.25), Some(88.0), None, 0.95);
        table.push(vec![
            Cell::text("a, \"b\""),
            Cell::estimate(&e, |v| format!("{v:.0}")),
        ]);
        table.push(vec![Cell::text("c"), Cell::missing()]);
        table.push(vec![Cell::text("d")]);
        assert_eq!(
            render(&table),
            "design,t50_min,t50_min_low,t50_min_high\n\"a, \"\"b\"\"\",93.25,88,\nc,,,\nd,,,\n"
        );
    }
}
