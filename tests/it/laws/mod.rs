mod emergency;
