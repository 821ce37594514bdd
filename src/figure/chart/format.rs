//! How numbers are written on axes, in hovers and tables; the space before a unit does not break.
//! Any `fn(f64) -> String` will do in their place.

use crate::math::{ln, pow};

/// A number with at most four significant digits: `0.25`, `12 000`, `3.2×10⁸`.
#[must_use]
pub fn number(v: f64) -> String {
    significant(v, 4)
}

/// A number with three significant digits.
#[must_use]
pub fn short(v: f64) -> String {
    significant(v, 3)
}

/// A share as percent: `0.05` is `5 %`.
#[must_use]
pub fn percent(v: f64) -> String {
    format!("{}\u{a0}%", significant(100.0 * v, 3))
}

/// Seconds as the unit a person would say: `30 s`, `5 min`, `2 h`, `3 d`, `10 a` (years).
#[must_use]
pub fn seconds(v: f64) -> String {
    const UNITS: [(f64, &str); 5] = [
        (31_557_600.0, "a"),
        (86_400.0, "d"),
        (3600.0, "h"),
        (60.0, "min"),
        (1.0, "s"),
    ];
    // Hours up to two days and days up to two years: "20 h", "36 h", "400 d".
    let fits = |&&(unit, name): &&(f64, &str)| match name {
        "d" | "a" => v.abs() >= 1.999 * unit,
        _ => v.abs() >= 0.999 * unit,
    };
    let (unit, name) = UNITS.iter().find(fits).unwrap_or(&UNITS[4]);
    format!("{}\u{a0}{name}", significant(v / unit, 3))
}

/// Minutes as the unit a person would say.
#[must_use]
pub fn minutes(v: f64) -> String {
    seconds(60.0 * v)
}

/// Hours as the unit a person would say.
#[must_use]
pub fn hours(v: f64) -> String {
    seconds(3600.0 * v)
}

/// `v` with at most `digits` significant digits, thousands set apart, powers of ten from 1e7 on
/// and below 1e-4.
fn significant(v: f64, digits: i32) -> String {
    if !v.is_finite() {
        return if v.is_nan() {
            "–".to_owned()
        } else if v > 0.0 {
            "∞".to_owned()
        } else {
            "−∞".to_owned()
        };
    }
    if v.abs() < 1e-300 {
        return "0".to_owned();
    }
    let sign = if v < 0.0 { "−" } else { "" };
    let size = v.abs();
    let tens = |d: i32| pow(10.0, f64::from(d));
    let mut power = (ln(size) / std::f64::consts::LN_10).floor() as i32;
    // Rounding may carry into the next power: 9999.7 is 10 000.
    if (size / tens(power - digits + 1)).round() >= tens(digits) {
        power += 1;
    }
    if !(-4..7).contains(&power) {
        let mantissa = plain(size / tens(power), digits - 1);
        let raised = superscript(power);
        return if mantissa == "1" {
            format!("{sign}10{raised}")
        } else {
            format!("{sign}{mantissa}×10{raised}")
        };
    }
    let text = plain(size, (digits - 1 - power).max(0));
    format!("{sign}{}", grouped(&text))
}

/// `v` with at most `decimals` decimals, none of them a trailing zero.
fn plain(v: f64, decimals: i32) -> String {
    let text = format!("{v:.*}", decimals.max(0) as usize);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Groups of three before the point, from five digits on, set apart by a narrow space.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    if whole.len() < 5 {
        return text.to_owned();
    }
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out + rest
}

fn superscript(power: i32) -> String {
    let raise = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        d => char::from_u32('⁰' as u32 + d as u32 - '0' as u32).unwrap_or(d),
    };
    power.to_string().chars().map(raise).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_print() {
        for (v, text) in [
            (0.30000000000000004, "0.3"),
            (0.0, "0"),
            (-2.5, "−2.5"),
            (1234.0, "1234"),
            (12_000.0, "12\u{202f}000"),
            (9_999.7, "10\u{202f}000"),
            (1e6, "1\u{202f}000\u{202f}000"),
            (1e9, "10⁹"),
            (3.2e-8, "3.2×10⁻⁸"),
            (0.001, "0.001"),
        ] {
            assert_eq!(number(v), text);
        }
        assert_eq!(percent(0.055), "5.5\u{a0}%");
    }

    #[test]
    fn times_take_the_unit_a_person_would_say() {
        for (s, text) in [
            (30.0, "30 s"),
            (60.0, "1 min"),
            (7200.0, "2 h"),
            (72_000.0, "20 h"),
            (259_200.0, "3 d"),
            (315_576_000.0, "10 a"),
        ] {
            assert_eq!(seconds(s), text.replace(' ', "\u{a0}"));
        }
        assert_eq!(minutes(0.5), "30\u{a0}s");
    }
}
