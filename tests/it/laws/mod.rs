//! Laws: what must hold for every input, over the registries and random cases.

mod attacks;
mod contact;
mod determinism;
mod drag;
mod drive_train;
mod emergency;
mod exhaustive;
mod figures;
mod graphing;
mod ideal;
mod keyspace;
mod odd_readers;
mod opening;
mod owner;
mod resistance;
mod rocking;
mod sensitivity;
mod spring;
mod stack;
mod sweep;
mod tour;
mod trace;
mod trade_off;
mod wear;
