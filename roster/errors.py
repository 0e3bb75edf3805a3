"""The exceptions a user can meet.

LunbanError            base of all
└── InputError         bad files or arguments; carries every fault found, not only the first (exit code 2)

A roster that cannot be met in full is no exception: it is an outcome that says what is short.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong in the input: where it stands, what stands there, what is allowed instead."""

    place: str
    value: str
    remedy: str

    def __str__(self) -> str:
        shown = f": {self.value}" if self.value else ""
        return f"{self.place}{shown} - {self.remedy}"


class LunbanError(Exception):
    """Base of every error Lunban raises on purpose."""


class InputError(LunbanError):
    """The input cannot be used. `faults` holds all that is wrong with it, in reading order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
