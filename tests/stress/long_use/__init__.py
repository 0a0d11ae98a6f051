"""Thousands of requests through one window, and a window that nobody touches."""
