"""The tests mirror the tree: what a/b.py promises is tested in tests/a/test_b.py."""
