//! Which gates of a wheel can lie under the fence, looked up by sector of the wheel's turn.

use crate::units::TURN_RAD;
use std::ops::Range;

/// Sectors of a turn.
const SECTORS: usize = 128;

/// Where a gate can be felt.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Turn of the wheel at which the gate's centre is under the fence, rad.
    pub(super) at_rad: f64,
    /// How far to each side it can be felt, rad.
    pub(super) half_rad: f64,
}

/// For each sector the gates, first to last in the wheel's list, that can be felt in it.
#[derive(Debug, Clone)]
pub(super) struct Sectors {
    gates: Vec<(u16, u16)>,
}

impl Sectors {
    /// The lookup for a wheel whose gates are felt at `reaches`, in the order of its list.
    pub(super) fn new(reaches: impl Iterator<Item = Reach>) -> Self {
        let mut gates = vec![(u16::MAX, 0); SECTORS];
        for (k, reach) in (0_u16..).zip(reaches) {
            // One sector more to each side than needed, so that no rounding matters.
            let first = sector(reach.at_rad - reach.half_rad).floor() - 1.0;
            let last = sector(reach.at_rad + reach.half_rad).floor() + 1.0;
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a few hundred sectors; the remainder is not negative"
            )]
            for s in 0..=((last - first) as usize).min(SECTORS - 1) {
                let place = (first + s as f64).rem_euclid(SECTORS as f64) as usize;
                let felt = &mut gates[place % SECTORS];
                *felt = (felt.0.min(k), k + 1);
            }
        }
        for felt in gates.iter_mut().filter(|felt| felt.1 == 0) {
            felt.0 = 0;
        }
        Self { gates }
    }

    /// The places in the wheel's list of the gates that can be felt at `turn_rad` in `[-π, π]`.
    #[inline]
    pub(super) fn near(&self, turn_rad: f64) -> Range<usize> {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 128"
        )]
        let (first, end) = self.gates[(sector(turn_rad) as usize).min(SECTORS - 1)];
        usize::from(first)..usize::from(end)
    }
}

/// Sectors from `-π` to `turn_rad`.
#[inline]
fn sector(turn_rad: f64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "128 sectors")]
    let per_rad = SECTORS as f64 / TURN_RAD;
    (turn_rad + 0.5 * TURN_RAD) * per_rad
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::circular_difference;

    #[test]
    fn every_gate_is_near_wherever_it_can_be_felt() {
        let reaches: Vec<Reach> = [
            (-3.1, 0.2),
            (0.0, 0.001),
            (3.12, 0.03),
            (1.0, 3.2),
            (9.0, 0.3),
        ]
        .map(|(at_rad, half_rad)| Reach { at_rad, half_rad })
        .into();
        for n in 0..=reaches.len() {
            let sectors = Sectors::new(reaches[..n].iter().copied());
            for k in -31_415..=31_415 {
                let turn = f64::from(k) * 1e-4;
                let near = sectors.near(turn);
                for (i, r) in reaches[..n].iter().enumerate() {
                    let away = circular_difference(turn, r.at_rad, TURN_RAD).abs();
                    assert!(away > r.half_rad || near.contains(&i), "{turn} {i}");
                }
            }
        }
        let none = Sectors::new(std::iter::empty());
        assert!((-4..=4).all(|k| none.near(0.78 * f64::from(k)).is_empty()));
    }
}
