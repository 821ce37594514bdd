//! Standard normal deviates by the block.
//!
//! **What.** The deviates of one stream, in an order of their own: noise of readings and slips of the
//! hand, some thousands a trial.
//!
//! **Model.** Box and Muller's transform of 31 + 32 random bits a pair, in loops that the compiler
//! turns into vector code for the processor at hand; single precision, the same bits on every
//! processor. The largest possible deviate is 6.6.
//!
//! **Assumptions.** An error of some 1e-7 in a deviate does not matter where it stands for noise. A
//! dimension is drawn by `rand_distr` instead.
//!
//! **Reference.** Box, Muller (1958); polynomials for logarithm, sine and cosine: Cephes.
//!
//! **Checked by.** the tests below: against the normal law (Kolmogorov's distance, moments, tails),
//! each deviate against the transform in double precision, one order on all levels.

use super::Stream;
use fearless_simd::{Level, dispatch};
use rand::RngExt as _;
use std::f32::consts::{FRAC_PI_2, FRAC_PI_4, LN_2};

/// Deviates of one block.
const BLOCK: usize = 256;
/// Where the two halves of a block part: radii and angles, first and second deviates.
const HALF: usize = BLOCK / 2;

/// Standard normal deviates from one stream.
pub struct Normals {
    stream: Stream,
    level: Level,
    /// Away from here, so that it need not be moved along.
    block: Box<[f32; BLOCK]>,
    used: usize,
}

impl Normals {
    /// Deviates drawn from `stream`.
    #[must_use]
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            level: Level::new(),
            block: Box::new([0.0; BLOCK]),
            used: BLOCK,
        }
    }

    /// The next deviate.
    #[inline]
    pub fn draw(&mut self) -> f64 {
        if self.used == BLOCK {
            self.refill();
        }
        let z = self.block[self.used];
        self.used += 1;
        f64::from(z)
    }

    /// The next deviates, as many as `out` holds.
    pub fn fill(&mut self, out: &mut [f32]) {
        let mut left = out;
        while !left.is_empty() {
            if self.used == BLOCK {
                self.refill();
            }
            let n = left.len().min(BLOCK - self.used);
            let (now, later) = left.split_at_mut(n);
            now.copy_from_slice(&self.block[self.used..self.used + n]);
            self.used += n;
            left = later;
        }
    }

    #[cold]
    fn refill(&mut self) {
        let mut words = [0; BLOCK];
        self.stream.fill(&mut words);
        let block = &mut *self.block;
        dispatch!(self.level, _ => transform(&words, block));
        self.used = 0;
    }
}

/// Two deviates from each pair of words: one gives the radius, the other the angle.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "to be compiled for the level it is dispatched to"
)]
fn transform(words: &[u32; BLOCK], out: &mut [f32; BLOCK]) {
    let (radii, angles) = words.split_at(HALF);
    let (first, second) = out.split_at_mut(HALF);
    for i in 0..HALF {
        let angle = angles[i];
        // The radius over √2: the angle below comes with a factor √2.
        let radius = (-ln_of_share(radii[i])).max(0.0).sqrt();
        // An angle in the first quadrant, seen from its middle; the signs from two bits of their own.
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_wrap,
            reason = "30 bits"
        )]
        let steps = (angle >> 2) as i32 as f32;
        let t = steps * (FRAC_PI_2 / 1_073_741_824.0) - FRAC_PI_4;
        let q = t * t;
        let sine = ((-1.951_529_6e-4 * q + 8.332_161e-3) * q - 1.666_665_5e-1) * q * t + t;
        let cosine =
            ((2.443_315_7e-5 * q - 1.388_731_6e-3) * q + 4.166_664_6e-2) * q * q - 0.5 * q + 1.0;
        let signed = |x: f32, bit: u32| f32::from_bits(x.to_bits() ^ (bit << 31));
        first[i] = signed(radius * (cosine - sine), angle & 1);
        second[i] = signed(radius * (cosine + sine), angle >> 1 & 1);
    }
}

/// Natural logarithm of `word` as a share of its range, in (0, 1).
#[inline(always)]
#[allow(clippy::inline_always, reason = "as transform")]
fn ln_of_share(word: u32) -> f32 {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        reason = "31 bits; bits of positive numbers"
    )]
    {
        let x = (word >> 1) as i32 as f32 + 0.5;
        let bits = x.to_bits() as i32;
        // x = 2^k · m with m between √½ and √2.
        let k = (bits - 0x3f35_04f3) >> 23;
        let m = f32::from_bits((bits - (k << 23)) as u32) - 1.0;
        let mut p = 7.037_684e-2;
        for c in [
            -1.151_461e-1,
            1.167_699_9e-1,
            -1.242_014_1e-1,
            1.424_932_3e-1,
            -1.666_805_8e-1,
            2.000_071_5e-1,
            -2.499_999_4e-1,
            3.333_333e-1,
        ] {
            p = p * m + c;
        }
        p * m * m * m - 0.5 * m * m + m + (k - 31) as f32 * LN_2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Purpose, stream};
    use statrs::distribution::{ContinuousCDF as _, Normal};

    fn deviates(n: usize) -> Vec<f64> {
        let mut normals = Normals::new(stream(7, 1, Purpose::Reading));
        (0..n).map(|_| normals.draw()).collect()
    }

    #[test]
    fn the_deviates_follow_the_normal_law() {
        let n = 400_000;
        let mut z = deviates(n);
        let law = Normal::standard();
        let moment = |k: i32| z.iter().map(|x| x.powi(k)).sum::<f64>() / n as f64;
        for (k, expected, sd) in [(1, 0.0, 1.0), (2, 1.0, 1.42), (3, 0.0, 3.9), (4, 3.0, 9.8)] {
            let error = moment(k) - expected;
            assert!(error.abs() < 4.0 * sd / (n as f64).sqrt(), "{k}: {error}");
        }
        let far = z.iter().filter(|x| x.abs() > 4.0).count();
        assert!((8..=48).contains(&far), "expected about 25, got {far}");
        z.sort_by(f64::total_cmp);
        let distance = z.iter().enumerate().map(|(k, x)| {
            let share = (k as f64 + 0.5) / n as f64;
            (law.cdf(*x) - share).abs()
        });
        let distance = distance.fold(0.0, f64::max);
        // Kolmogorov: beyond 1.95/√n in one of a thousand cases.
        assert!(distance < 1.95 / (n as f64).sqrt(), "{distance}");
    }

    #[test]
    fn neighbours_and_the_two_of_a_pair_are_uncorrelated() {
        let z = deviates(1000 * BLOCK);
        for lag in [1, 2, HALF, BLOCK] {
            for power in [1, 2] {
                let pairs = z.iter().zip(&z[lag..]);
                let centre = if power == 2 { 1.0 } else { 0.0 };
                let sum: f64 = pairs
                    .map(|(a, b)| (a.powi(power) - centre) * (b.powi(power) - centre))
                    .sum();
                let r = sum / z.len() as f64;
                let sd = f64::from(power * power) / (z.len() as f64).sqrt();
                assert!(r.abs() < 4.0 * sd, "lag {lag}, power {power}: {r}");
            }
        }
    }

    #[test]
    fn each_pair_is_the_transform_in_double_precision() {
        let mut words = [0; BLOCK];
        stream(3, 0, Purpose::Hand).fill(&mut words);
        (words[0], words[1], words[2]) = (0, u32::MAX, 1 << 31);
        let mut out = [0.0; BLOCK];
        transform(&words, &mut out);
        for i in 0..HALF {
            let u = (f64::from(words[i] >> 1) + 0.5) / 2_147_483_648.0;
            let r = (-2.0 * libm::log(u.min(1.0))).sqrt();
            let a = words[i + HALF];
            let angle = f64::from(a >> 2) / 1_073_741_824.0 * std::f64::consts::FRAC_PI_2;
            let sign = |bit: u32| if bit == 1 { -1.0 } else { 1.0 };
            let first = sign(a & 1) * r * libm::cos(angle);
            let second = sign(a >> 1 & 1) * r * libm::sin(angle);
            let error =
                (f64::from(out[i]) - first).abs() + (f64::from(out[i + HALF]) - second).abs();
            // A share so near to 1 that single precision has few steps left gives a tiny radius.
            let allowed = if r < 0.01 { 2e-3 } else { 5e-6 + 2e-7 / r };
            assert!(error < allowed, "{i}: {u} {r} {error}");
        }
    }

    #[test]
    fn one_by_one_by_the_block_and_on_every_level_the_deviates_are_the_same() {
        let all = deviates(3 * BLOCK);
        let mut normals = Normals::new(stream(7, 1, Purpose::Reading));
        normals.level = Level::baseline();
        let mut some = vec![0.0; 3 * BLOCK];
        let (head, tail) = some.split_at_mut(100);
        normals.fill(head);
        normals.fill(tail);
        let bits = |x: &f32| f64::from(*x).to_bits();
        let all: Vec<u64> = all.iter().map(|x| x.to_bits()).collect();
        assert_eq!(some.iter().map(bits).collect::<Vec<u64>>(), all);
    }

    #[test]
    fn the_first_deviates_of_a_stream_are_frozen() {
        let mut normals = Normals::new(stream(1, 0, Purpose::Reading));
        let first: Vec<String> = (0..3).map(|_| format!("{:.6}", normals.draw())).collect();
        assert_eq!(first, ["2.159226", "0.339620", "1.610997"]);
    }
}
