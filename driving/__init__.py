"""What drives a server or a browser, for tests and for `make bench`."""
