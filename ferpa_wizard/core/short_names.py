"""How a narrow list says what has a long name."""

from __future__ import annotations

from ferpa_wizard.core.model import Pack


def short_names(pack: Pack) -> dict[str, str]:
    """The short names of options and ways to share, by their long ones; those that have none are left out."""
    options = {option.label: option.short for one in pack.questions.values() for option in one.options}
    bases = {basis.title: basis.short for basis in pack.bases}
    return {name: short for name, short in {**options, **bases}.items() if short}
