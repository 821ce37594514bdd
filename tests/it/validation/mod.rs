mod drive_train;
mod emergency;
