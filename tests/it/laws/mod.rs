//! Laws that hold for every member of a registry, and property tests.

mod keyspace;
