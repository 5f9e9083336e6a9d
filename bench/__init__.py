"""What `make bench` measures: each figure beside what it is held against, in turn, in one run."""
