//! Laws: what must hold for every input, over the registries and random cases.

mod contact;
mod determinism;
mod emergency;
mod figures;
mod keyspace;
mod resistance;
