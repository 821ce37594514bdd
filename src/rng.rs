//! Random streams that belong to a trial and a purpose, never to a thread.
//!
//! The same `(seed, trial, purpose)` gives the same numbers for any thread count, batch size or
//! split over machines; two designs compared at the same seed meet the same luck.

mod normal;

pub use normal::Normals;

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// The generator of every stream, chosen by name because its values are documented and portable.
pub type Stream = ChaCha8Rng;

/// What a stream is for. Each purpose has its own numbers within a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// The tolerances of the as-built lock.
    Lock = 1,
    /// The code set on it.
    Code = 2,
    /// How exactly the hand sets the dial.
    Hand = 3,
    /// The noise of readings.
    Reading = 4,
    /// Choices the attacker makes at random.
    Attacker = 5,
    /// Bootstrap and other resampling in statistics.
    Resample = 6,
    /// Uncertain parameters of a decision model.
    Parameter = 7,
    /// Wheels dragged along by friction while the owner dials.
    Drag = 8,
}

/// The stream of `purpose` in `trial` under `seed`.
#[must_use]
pub fn stream(seed: u64, trial: u64, purpose: Purpose) -> Stream {
    let mut key = [0_u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8] = purpose as u8;
    let mut rng = ChaCha8Rng::from_seed(key);
    rng.set_stream(trial);
    rng
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng as _;

    #[test]
    fn the_first_values_of_the_generator_are_frozen() {
        let mut r = stream(1, 0, Purpose::Lock);
        let first: Vec<u64> = (0..2).map(|_| r.next_u64()).collect();
        let mut again = stream(1, 0, Purpose::Lock);
        assert_eq!(first, (0..2).map(|_| again.next_u64()).collect::<Vec<_>>());
        assert_ne!(first[0], stream(1, 1, Purpose::Lock).next_u64());
        assert_ne!(first[0], stream(1, 0, Purpose::Code).next_u64());
    }
}
