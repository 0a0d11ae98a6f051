"""Data items: the pieces of student data that a request asks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One data item; `content` is False for one that only shows who the student is (name, number)."""

    id: str
    label: str
    name: str
    group: str
    content: bool
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class ItemGroup:
    id: str
    title: str
