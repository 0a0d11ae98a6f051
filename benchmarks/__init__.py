"""Measurements of the program against bare baselines, both in one run: `make bench`."""
