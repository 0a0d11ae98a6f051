"""Hostile files and spoiled input to everything that reads."""
