//! Notes to come back to: gates that showed while other wheels may have been parked wrongly.

use crate::math::hypot;
use crate::mechanism::dial_lock::PerWheel;
use crate::units::circular_difference;

/// Leads clearer than this many standard deviations are worth a whole sweep or hours of trying.
pub(super) const SURE: f64 = 5.0;

/// Wheels that may be parked rightly.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lead {
    /// Their numbers in the standard direction, by wheel.
    pub(super) parked: PerWheel<Option<f64>>,
    /// How many standard deviations the least clear of their dips stood out; times seen add up like
    /// independent readings.
    pub(super) clear: f64,
    /// The clearest single time.
    clearest: f64,
    is_followed: bool,
    /// In how many passes the other wheels were swept with these parked from the start.
    passes: u32,
}

/// A page of leads.
#[derive(Debug)]
pub(super) struct Leads {
    all: Vec<Lead>,
    /// Marks of the dial.
    marks: f64,
    /// Numbers nearer than this are the same, marks.
    near_marks: f64,
}

impl Leads {
    /// An empty page.
    pub(super) fn new(marks: f64, near_marks: f64) -> Self {
        Self {
            all: Vec::new(),
            marks,
            near_marks,
        }
    }

    /// Notes `parked`, whose dips were so `clear`, and whether it is being followed already.
    pub(super) fn note(&mut self, parked: &[Option<f64>], clear: f64, is_followed: bool) {
        let (marks, near_marks) = (self.marks, self.near_marks);
        let is_same = |lead: &&mut Lead| {
            let mut pairs = lead.parked.iter().zip(parked);
            pairs.all(|pair| match pair {
                (Some(a), Some(b)) => circular_difference(*a, *b, marks).abs() < near_marks,
                (None, None) => true,
                _ => false,
            })
        };
        match self.all.iter_mut().find(is_same) {
            Some(lead) => {
                lead.clear = hypot(lead.clear, clear);
                if clear > lead.clearest {
                    // Seen better elsewhere, it has not been followed there.
                    let mut pairs = lead.parked.iter().flatten().zip(parked.iter().flatten());
                    let is_there = |(a, b): (&f64, &f64)| {
                        circular_difference(*a, *b, marks).abs() < 0.5 * near_marks
                    };
                    lead.is_followed &= pairs.all(is_there);
                    lead.parked.copy_from_slice(parked);
                    lead.clearest = clear;
                }
                lead.is_followed |= is_followed;
            }
            None => self.all.push(Lead {
                parked: parked.iter().copied().collect(),
                clear,
                clearest: clear,
                is_followed,
                passes: 0,
            }),
        }
    }

    /// The clearest lead from which fewer than `most` passes began, if it is clear enough; it counts one more then, and as
    /// followed.
    pub(super) fn begin_from(&mut self, most: u32) -> Option<Lead> {
        let sure = self
            .all
            .iter_mut()
            .filter(|lead| lead.clear >= SURE && lead.passes < most);
        let best = sure.max_by(|a, b| a.clear.total_cmp(&b.clear))?;
        best.passes += 1;
        best.is_followed = true;
        Some(best.clone())
    }

    /// The clearest lead not yet followed, if it is clear enough; it counts as followed then.
    pub(super) fn follow(&mut self) -> Option<Lead> {
        let ahead = self.all.iter_mut().filter(|lead| !lead.is_followed);
        let best = ahead.max_by(|a, b| a.clear.total_cmp(&b.clear))?;
        if best.clear < SURE {
            return None;
        }
        best.is_followed = true;
        Some(best.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clearest_lead_comes_first_and_once() {
        let mut leads = Leads::new(100.0, 1.0);
        leads.note(&[Some(99.8), None], 4.0, false);
        leads.note(&[None, Some(10.0)], 6.0, false);
        leads.note(&[Some(50.0), None], 4.5, false);
        leads.note(&[None, Some(70.0)], 9.0, true);
        leads.note(&[None, Some(70.0)], 9.0, false);
        leads.note(&[Some(0.2), None], 4.0, false);
        let mut follow = || leads.follow().map(|lead| lead.parked.to_vec());
        assert_eq!(follow(), Some(vec![None, Some(10.0)]));
        // Seen twice at 4 is as good as once at 5.7.
        assert_eq!(follow(), Some(vec![Some(99.8), None]));
        assert_eq!(follow(), None);
    }

    #[test]
    fn passes_begin_from_the_clearest_lead_as_often_as_asked_for() {
        let mut leads = Leads::new(100.0, 1.0);
        leads.note(&[Some(10.0), None], 6.0, true);
        leads.note(&[None, Some(70.0)], 9.0, true);
        leads.note(&[None, Some(40.0)], SURE - 0.1, true);
        leads.note(&[Some(25.0), None], 5.5, false);
        let mut from = |most| leads.begin_from(most).map(|lead| lead.clear);
        assert_eq!(from(0), None);
        assert_eq!([from(1), from(1)], [Some(9.0), Some(6.0)]);
        assert_eq!([from(1), from(1)], [Some(5.5), None]);
        assert_eq!(from(2), Some(9.0), "one more time each");
        assert_eq!(
            leads.follow(),
            None,
            "none is turned back to in the same pass"
        );
    }

    #[test]
    fn a_lead_seen_better_is_followed_where_it_was_seen_better() {
        let mut leads = Leads::new(100.0, 1.4);
        leads.note(&[Some(10.0)], 6.0, true);
        assert_eq!(leads.follow(), None);
        leads.note(&[Some(10.5)], 7.0, false);
        assert_eq!(leads.follow(), None, "a window covers both");
        leads.note(&[Some(11.4)], 8.0, false);
        assert_eq!(
            leads.follow().map(|l| l.parked.to_vec()),
            Some(vec![Some(11.4)])
        );
    }
}
