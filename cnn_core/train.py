"""`python -m cnn_core.train`: the command that trains a network, by the name that people know."""

import sys

from cnn_core.training.cli import main

if __name__ == "__main__":
    sys.exit(main())
