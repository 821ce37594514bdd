//! A store in memory that holds the log of one run, for tests.

use super::checkpoint::TrialStore;
use crate::error::Result;
use std::sync::Mutex;

/// The log, and how it was written.
#[derive(Default)]
pub(super) struct Shelf(Mutex<Held>);

#[derive(Default)]
struct Held {
    text: Option<Vec<u8>>,
    saves: usize,
    appended: Vec<usize>,
}

impl Shelf {
    pub(super) fn holding(text: &[u8]) -> Self {
        Self(Mutex::new(Held {
            text: Some(text.to_owned()),
            ..Held::default()
        }))
    }

    /// What it holds now.
    pub(super) fn text(&self) -> Vec<u8> {
        self.0.lock().unwrap().text.clone().unwrap_or_default()
    }

    /// How often it was written whole.
    pub(super) fn saves(&self) -> usize {
        self.0.lock().unwrap().saves
    }

    /// How many bytes were added each time.
    pub(super) fn appended(&self) -> Vec<usize> {
        self.0.lock().unwrap().appended.clone()
    }
}

impl TrialStore for Shelf {
    fn load(&self, _: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.0.lock().unwrap().text.clone())
    }

    fn save(&self, _: &str, text: &[u8]) -> Result<()> {
        let mut held = self.0.lock().unwrap();
        held.text = Some(text.to_owned());
        held.saves += 1;
        Ok(())
    }

    fn append(&self, _: &str, held_bytes: u64, text: &[u8]) -> Result<()> {
        let mut held = self.0.lock().unwrap();
        let kept = held.text.as_mut().expect("there is one");
        assert_eq!(kept.len() as u64, held_bytes);
        kept.extend(text);
        held.appended.push(text.len());
        Ok(())
    }
}
