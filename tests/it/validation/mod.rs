//! Checks against outside truth: published figures and hand-computed cases.

mod collision;
mod drive_train;
mod emergency;
mod follower;
mod keyspace;
mod spring;
