"""Disks that are full, broken, read-only or locked, and many starts at once: told in words, with nothing lost."""
