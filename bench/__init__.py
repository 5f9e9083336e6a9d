"""What `make bench` measures: each figure beside what it is held against, in turn, in one run."""

import cnn_core  # noqa: F401  Before NumPy, which asks only once how many threads it may take.
