//! What an attacker does depends on what it observes, not on the lock that stands behind.

use super::*;
use crate::attack::behind::Felt;
use crate::attack::{ATTACKS, Attack, Needs, Work, reader};
use crate::mechanism::MechanismSpec;
use crate::mechanism::dial_lock::FAMILY;
use crate::rng::{Purpose, stream};
use std::cell::RefCell;
use std::rc::Rc;

/// The numbers of the wheels each time something was felt, and what was felt.
type Log = Rc<RefCell<Vec<(Vec<f64>, Felt)>>>;

/// A lock that notes what it is asked and answers.
struct Recorded<'a> {
    built: AsBuilt<'a>,
    log: Log,
}

impl Behind for Recorded<'_> {
    fn feel(&self, numbers: &[f64]) -> Felt {
        let felt = self.built.feel(numbers);
        self.log.borrow_mut().push((numbers.to_vec(), felt));
        felt
    }
}

/// A lock that answers what another one has answered, in the same order.
struct Replayed<'a> {
    built: AsBuilt<'a>,
    answers: Vec<Felt>,
    log: Log,
    /// How often the lock itself would have said something else.
    lies: Rc<RefCell<u64>>,
}

impl Behind for Replayed<'_> {
    fn feel(&self, numbers: &[f64]) -> Felt {
        let felt = self.answers[self.log.borrow().len()];
        *self.lies.borrow_mut() += u64::from(!is_same(&self.built.feel(numbers), &felt));
        self.log.borrow_mut().push((numbers.to_vec(), felt));
        felt
    }
}

fn is_same(a: &Felt, b: &Felt) -> bool {
    match (a, b) {
        (Felt::Open, Felt::Open) | (Felt::Nothing, Felt::Nothing) => true,
        (Felt::Contact(a), Felt::Contact(b)) => a == b,
        _ => false,
    }
}

fn built(lock: &DialLock, code: [f64; 3], trial: u64) -> AsBuilt<'_> {
    AsBuilt::sample(lock, &[code.to_vec()], &mut stream(1, trial, Purpose::Lock))
}

/// Lets the attack work on `behind`; what it did in all.
fn work<'a>(
    attack: &Attack,
    behind: impl Behind + 'a,
    lock: &'a DialLock,
    reader: &'a Reader,
) -> (Stop, Tally) {
    let streams = Streams::of(1, 0);
    let mut handle = Handle::over(Box::new(behind), lock, reader, &|_: &[u32]| true, streams);
    let Work::Hands(run) = attack.work else {
        panic!("{} is judged, not walled in", attack.name);
    };
    let stop = run(&mut handle);
    (stop, handle.tally())
}

#[test]
fn swapping_the_lock_behind_the_handle_changes_nothing_but_through_readings() {
    let spec: MechanismSpec = serde_json::from_str(FAMILY.example).expect("an example");
    let made = spec.build().expect("the example is sound");
    let lock = made.contact().expect("a dial lock");
    let mut reader = reader::find("expert").expect("shipped").clone();
    reader.budget_h = 3.0;
    let (one, other) = ([52.0, 15.0, 37.0], [33.0, 71.0, 58.0]);
    let walled = |a: &&Attack| a.needs == Needs::Nothing && matches!(a.work, Work::Hands(_));
    for attack in ATTACKS.iter().filter(walled) {
        let log = Log::default();
        let recorded = Recorded {
            built: built(lock, one, 0),
            log: log.clone(),
        };
        let first = work(attack, recorded, lock, &reader);
        let seen = log.borrow().clone();
        assert!(
            seen.len() > 200,
            "{}: {} times felt",
            attack.name,
            seen.len()
        );

        // another lock with another code, but the first one's answers: the same work to the last turn
        let (again, lies) = (Log::default(), Rc::default());
        let replayed = Replayed {
            built: built(lock, other, 1),
            answers: seen.iter().map(|(_, felt)| *felt).collect(),
            log: again.clone(),
            lies: Rc::clone(&lies),
        };
        assert_eq!(work(attack, replayed, lock, &reader), first);
        assert_eq!(again.borrow().len(), seen.len());
        for (k, (a, b)) in seen.iter().zip(again.borrow().iter()).enumerate() {
            assert_eq!(a.0, b.0, "{}: observation {k}", attack.name);
        }
        assert!(*lies.borrow() > 200, "the other lock answers differently");

        // an attack that reads works otherwise where it gets the other lock's own answers
        let own = Log::default();
        let recorded = Recorded {
            built: built(lock, other, 1),
            log: own.clone(),
        };
        if first.1.readings > 0 {
            assert_ne!(work(attack, recorded, lock, &reader), first);
        }
    }
}
