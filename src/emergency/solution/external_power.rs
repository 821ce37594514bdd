//! External power: a power bank at the emergency port feeds the lock for one opening.
//!
//! * What: opens a lock whose battery is flat, with the owner's own credential.
//! * Model: fails if no source is at hand, the port is corroded, a wrong supply above the port's
//!   limit destroys the board, or a plug that can be reversed is reversed and damages the port.
//! * Assumptions: the electronics are whole; the credential still works (so it does not answer
//!   `credential` unless there is another one).

use super::{Fact, Reach, Solution, SolutionKind, Surcharge, schema};
use crate::emergency::cause::Cause;
use crate::emergency::given::Given;
use crate::emergency::number::Number;
use crate::emergency::parameter::numbers;
use crate::emergency::tree::{Expr, Tree};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Registry entry.
pub static KIND: SolutionKind = SolutionKind {
    name: "external_power",
    about: "a power bank or battery at the emergency port feeds the lock",
    schema: schema::<ExternalPower>,
};

/// The connector of the emergency port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Port {
    /// Micro-USB: can be forced in the wrong way round.
    MicroUsb,
    /// USB Type-C: either way round.
    UsbC,
    /// Two contacts for a 9 V block: polarity matters.
    Contacts9V,
}

/// Details of an emergency port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalPower {
    /// The connector.
    pub port: Port,
    /// Event: no matching source at hand.
    pub no_source: String,
    /// Event: the port is corroded.
    pub port_corroded: String,
    /// Nominal supply, V.
    pub supply_v: Number,
    /// Highest voltage the port survives, V.
    pub limit_v: Number,
    /// Voltage of the wrong supply that people may connect, V.
    pub wrong_supply_v: Number,
    /// Chance to connect the wrong supply.
    pub p_wrong_supply: Number,
    /// Chance to connect it the wrong way round (without effect on `usb_c`).
    pub p_reversed: Number,
    /// Chance that a reversed plug damages the port.
    pub p_damage_if_reversed: Number,
    /// Damage when board or port is destroyed, CNY.
    pub damage_cny: Number,
    /// Whether a second credential (card, another finger) opens when the code is forgotten.
    pub another_credential: bool,
}
numbers!(ExternalPower: supply_v, limit_v, wrong_supply_v, p_wrong_supply, p_reversed,
    p_damage_if_reversed, damage_cny);

impl ExternalPower {
    /// Chance that an attempt destroys the board by a supply above the port's limit.
    #[must_use]
    pub fn p_destroyed(&self, given: &Given) -> f64 {
        let v = given.values;
        if v.of(&self.wrong_supply_v) > v.of(&self.limit_v) {
            v.of(&self.p_wrong_supply)
        } else {
            0.0
        }
    }

    /// Chance that an attempt damages the port by wrong polarity.
    #[must_use]
    pub fn p_polarity_damage(&self, given: &Given) -> f64 {
        let v = given.values;
        if self.port == Port::UsbC {
            0.0
        } else {
            v.of(&self.p_reversed) * v.of(&self.p_damage_if_reversed)
        }
    }
}

impl Solution for ExternalPower {
    fn kind(&self) -> &'static SolutionKind {
        &KIND
    }

    fn reach(&self, cause: Cause) -> Reach {
        match cause {
            Cause::Battery => Reach::Can,
            Cause::Credential if self.another_credential => Reach::Can,
            _ => Reach::Cannot,
        }
    }

    fn failure(&self, me: &str, cause: Cause, tree: &mut Tree) -> Expr {
        if cause == Cause::Credential {
            return Expr::Never;
        }
        let mut causes = vec![tree.named(&self.no_source), tree.named(&self.port_corroded)];
        let port = self.clone();
        causes.push(tree.leaf(
            &format!("{me}.destroyed_by_voltage"),
            Arc::new(move |given| port.p_destroyed(given)),
        ));
        if self.port != Port::UsbC {
            let port = self.clone();
            causes.push(tree.leaf(
                &format!("{me}.damaged_by_polarity"),
                Arc::new(move |given| port.p_polarity_damage(given)),
            ));
        }
        Expr::Any(causes)
    }

    fn names(&self) -> Vec<&str> {
        vec![&self.no_source, &self.port_corroded]
    }

    fn surcharge(&self, cause: Cause, given: &Given) -> Surcharge {
        // Both together damage it once.
        let p = 1.0 - (1.0 - self.p_destroyed(given)) * (1.0 - self.p_polarity_damage(given));
        Surcharge {
            cost_cny: if cause == Cause::Battery {
                p * given.values.of(&self.damage_cny)
            } else {
                0.0
            },
            time_h: 0.0,
        }
    }

    fn facts(&self, given: &Given) -> Vec<Fact> {
        let v = given.values;
        vec![
            Fact {
                name: "supply_v",
                value: v.of(&self.supply_v),
            },
            Fact {
                name: "p_destroyed_by_voltage",
                value: self.p_destroyed(given),
            },
            Fact {
                name: "p_damaged_by_polarity",
                value: self.p_polarity_damage(given),
            },
            Fact {
                name: "damage_cny",
                value: v.of(&self.damage_cny),
            },
        ]
    }

    fn powers_the_lock(&self) -> bool {
        true
    }
}
