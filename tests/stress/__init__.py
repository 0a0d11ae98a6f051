"""Faults, hostile input and long use, on the real program and in numbers; each beside a control that has to fail.

`python -m tests.stress` runs a part of everything in a quarter of an hour, `--long` all of it. How a part is built: see
`parts.py`.
"""
