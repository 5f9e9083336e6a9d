"""What is computed once, ahead, and bundled in `cnn_core/assets`: needs requirements-dev.txt."""
