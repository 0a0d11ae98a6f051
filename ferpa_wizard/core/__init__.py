"""The pure core: rules, walk, determination, record. No Qt, no SQL, no clock, no network."""

from ferpa_wizard.core.change import Change, change
from ferpa_wizard.core.determination import Determination
from ferpa_wizard.core.determine import determine
from ferpa_wizard.core.errors import (
    AnswerError,
    CoreError,
    Mistake,
    ProfileError,
    RecordError,
    RulesError,
)
from ferpa_wizard.core.facts import Answer, Answers
from ferpa_wizard.core.model import LAYERS, VERDICTS, Pack
from ferpa_wizard.core.profile import NO_PROFILE, Profile, read_profile
from ferpa_wizard.core.read_pack import pack_from_bytes, read_pack
from ferpa_wizard.core.walk import Ask, Choice, Given, Walk, walk

__all__ = [
    "LAYERS", "NO_PROFILE", "VERDICTS", "Answer", "AnswerError", "Answers", "Ask", "Change", "Choice", "CoreError",
    "Determination", "Given", "Mistake", "Pack", "Profile", "ProfileError", "RecordError", "RulesError", "Walk",
    "change", "determine", "pack_from_bytes", "read_pack", "read_profile", "walk",
]  # fmt: skip
