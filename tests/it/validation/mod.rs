//! Checks against published and hand-derived figures.

mod keyspace;
