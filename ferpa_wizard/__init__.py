"""FERPA Wizard: find the lawful way to share student data, and keep a record of why."""

__version__ = "0.1.0"
