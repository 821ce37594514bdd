//! Checks against outside truth: published figures and hand-computed cases.

mod clock;
mod collision;
mod difficulty_order;
mod drive_train;
mod emergency;
mod emergency_scram;
mod exhaustive;
mod follower;
mod high_low;
mod keyspace;
mod readers;
mod spring;
