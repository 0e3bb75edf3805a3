"""What-if in a user's words: `volume=+20%,sick=3`."""

from collections.abc import Sequence
from typing import cast, get_args

from roster.errors import Fault, InputError
from roster.simulation.variation import Change, Variation, What

_FACTORS = ("volume", "aht", "patience")
_EXAMPLE = (
    "volume=+20%, aht=+10%, sick=3, absence=5%, patience=-30%, answer_rate=95%, answer_within_s=15, volume@QUEUE=+20%"
)


def variations(texts: Sequence[str], option: str = "--what-if") -> tuple[Variation, ...]:
    """One variation a text; changes made together are parted by commas. Raises InputError with every fault."""
    made, faults = [], []
    for text in texts:
        changes = []
        for part in text.split(","):
            try:
                changes.append(_change(part.strip()))
            except ValueError as error:
                faults.append(Fault(option, part.strip(), f"{error}; for example {_EXAMPLE}"))
        made.append(Variation(text, tuple(changes)))
    if faults:
        raise InputError(faults)
    return tuple(made)


def _change(text: str) -> Change:
    """Raises ValueError."""
    name, equals, value = text.partition("=")
    what, _, queue = name.strip().partition("@")
    if not equals or what not in get_args(What):
        raise ValueError(f"write one of {', '.join(get_args(What))}, an equals sign and a value")
    return Change(cast("What", what), _value(value.strip(), factor=what in _FACTORS), queue)


def _value(text: str, *, factor: bool) -> float:
    """A number or a percentage; of a factor a signed one is the change: +20% is 1.2."""
    percent, signed = text.endswith("%"), text[:1] in ("+", "-", "−")
    try:
        number = float(text.rstrip("%").replace("−", "-"))
    except ValueError:
        raise ValueError(f"{text or 'nothing'} is no number") from None
    number = number / 100 if percent else number
    return 1 + number if factor and signed else number
