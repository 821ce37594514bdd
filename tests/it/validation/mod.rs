mod collision;
mod drive_train;
mod emergency;
mod follower;
