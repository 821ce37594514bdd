//! Spares held by several people: `m` of `n` needed.
//!
//! * What: availability to the owner, disclosure to others, openings that spares add.
//! * Model: `P(at least m of n) = Σ_{k ≥ m} C(n,k) p^k (1 − p)^{n−k}`, by recursion over holders so
//!   that each may have a chance of its own. Spares independent of the main code add one opening
//!   each; as extra gates on the same `w` wheels, `s` spares give `(1 + s)^w`.
//! * Assumptions: holders are independent unless they share an event of the tree.
//! * Reference: binomial law; cases E10, E12.
//! * Checked by: `val_hand_m_of_n_spares`, `val_hand_openings_of_spares`.

/// The chance that at least `m` of independent chances `p` come true.
#[must_use]
pub fn p_at_least(m: usize, p: &[f64]) -> f64 {
    let mut reached = vec![0.0; m + 1];
    reached[0] = 1.0;
    for &q in p {
        for j in (1..=m).rev() {
            reached[j] = q * reached[j - 1] + (1.0 - q) * reached[j];
        }
    }
    reached[m]
}

/// Settings that open a lock of `wheels` wheels with `spares` spare codes that share no number with
/// the main one nor with each other; `None` beyond 64 bits.
#[must_use]
pub fn openings(spares: u32, wheels: u32, independent: bool) -> Option<u64> {
    let codes = 1 + u64::from(spares);
    if independent {
        Some(codes)
    } else {
        codes.checked_pow(wheels)
    }
}
