"""Power cuts, replayed on a model of a disk."""
