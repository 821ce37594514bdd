//! Eight numbers at a time: the vector form of functions for hot loops, with the same bits.

use crate::math::COSINE;
use fearless_simd::{Select, Simd, SimdBase, SimdFloat, f64x8};

/// The eight entries of `row` from number `at` on; the last one again where there are fewer.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn load<S: Simd>(simd: S, row: &[f64], at: usize) -> f64x8<S> {
    if let Some(eight) = row.get(at..at + 8) {
        return f64x8::from_slice(simd, eight);
    }
    let mut eight = [row.last().copied().unwrap_or(0.0); 8];
    let left = row.get(at..).unwrap_or_default();
    for (place, x) in eight.iter_mut().zip(left) {
        *place = *x;
    }
    f64x8::from_slice(simd, &eight)
}

/// The eight entries of `row` from number `at` on, all of which must be there.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn full<S: Simd>(simd: S, row: &[f64], at: usize) -> f64x8<S> {
    f64x8::from_slice(simd, &row[at..at + 8])
}

/// Makes `row` at least `len` long, from the start so long that usual rows have room; what is in it stays.
#[inline]
pub(crate) fn make_room<T: Copy + Default>(row: &mut Vec<T>, len: usize) {
    if row.len() < len {
        row.resize(len.max(128), T::default());
    }
}

/// [`crate::units::wrap`], without a division.
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn wrap<S: Simd>(x: f64x8<S>, n: f64) -> f64x8<S> {
    let r = x - (x * (1.0 / n)).floor() * n;
    // Within rounding of a whole turn it may be one too many or too few.
    let r = r.simd_lt(0.0).select(r + n, r);
    r.simd_ge(n).select(r - n, r)
}

/// [`crate::units::wrap_near`].
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn wrap_near<S: Simd>(x: f64x8<S>, n: f64) -> f64x8<S> {
    let r = x.simd_lt(0.0).select(x + n, x);
    r.simd_ge(n).select(r - n, r)
}

/// [`crate::units::circular_difference_near`].
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn circular_difference_near<S: Simd>(a: f64x8<S>, b: f64, n: f64) -> f64x8<S> {
    let d = a - b;
    let lower = d.simd_lt(-0.5 * n).select(d + n, d);
    d.simd_ge(0.5 * n).select(d - n, lower)
}

/// [`crate::math::cos_coarse`].
#[inline(always)]
#[allow(clippy::inline_always, reason = "part of vector code")]
pub(crate) fn cos_coarse<S: Simd>(x: f64x8<S>) -> f64x8<S> {
    let turns = x * (1.0 / std::f64::consts::TAU);
    let y = (turns - turns.round_ties_even()).abs() - 0.25;
    let q = y * y;
    let [a, b, c, d, e] = COSINE;
    -y * ((((q * e + d) * q + c) * q + b) * q + a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    /// What `of` makes of each of `x`, eight at a time.
    macro_rules! each {
        ($x:expr, $of:expr) => {{
            let (x, mut out) = ($x, [0.0; 8]);
            dispatch!(Level::new(), simd => $of(load(simd, &x, 0)).store_slice(&mut out));
            out
        }};
    }

    #[test]
    fn eight_at_a_time_gives_the_bits_of_one_by_one() {
        for k in -400..400 {
            let x: [f64; 8] = std::array::from_fn(|i| 0.731 * f64::from(k) + 1.37 * i as f64);
            let bits = |x: [f64; 8]| x.map(|x| (x + 0.0).to_bits());
            let wrapped = x.map(|x| crate::units::wrap(x, 100.0));
            assert_eq!(bits(each!(x, |v| wrap(v, 100.0))), bits(wrapped));
            assert_eq!(
                bits(each!(x, cos_coarse)),
                bits(x.map(crate::math::cos_coarse))
            );
            let near = |x: f64| crate::units::circular_difference_near(x, 3.0, 100.0);
            let of = |x: [f64; 8]| each!(x, |v| circular_difference_near(v, 3.0, 100.0));
            assert_eq!(bits(of(wrapped)), bits(wrapped.map(near)));
        }
    }

    #[test]
    fn whole_turns_are_wrapped_to_the_dial_whatever_its_marks() {
        for n in [20.0, 50.0, 72.0, 98.0, 99.0, 100.0, 120.0, 400.0] {
            for k in -40..=40 {
                let x = n * f64::from(k);
                let x = [x, x.next_up(), x.next_down(), x + 0.5, x - 0.5, x, x, x];
                let wrapped = each!(x, |v| wrap(v, n));
                for (x, of_eight) in x.into_iter().zip(wrapped) {
                    let alone = crate::units::wrap(x, n);
                    assert!((0.0..n).contains(&of_eight), "{x} of {n}: {of_eight}");
                    assert!((of_eight - alone).abs() < 1e-9, "{x} of {n}: {of_eight}");
                }
            }
        }
    }

    #[test]
    fn a_short_row_is_filled_up_with_its_last_entry() {
        assert_eq!(
            each!([1.0, 2.0, 3.0], |v| v).map(f64::to_bits),
            [1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0].map(f64::to_bits)
        );
        let row: Vec<f64> = (0..10).map(f64::from).collect();
        let mut out = [0.0; 8];
        dispatch!(Level::new(), simd => load(simd, &row, 8).store_slice(&mut out));
        let nines = [8.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0];
        assert_eq!(out.map(f64::to_bits), nines.map(f64::to_bits));
    }
}
