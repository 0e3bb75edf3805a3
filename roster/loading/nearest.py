"""The known name a mistyped one was probably meant to be."""

from collections.abc import Collection
from difflib import get_close_matches

_SHOWN = 60


def one_of(known: Collection[str]) -> str:
    """The known names in one line, shortened where there are many."""
    names = sorted(known)
    more = f", ... ({len(names)} in all)" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none is defined"


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """The remedy for an unknown name: the nearest known one and the list."""
    folded = {entry.casefold(): entry for entry in known}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    guess = f"; did you mean {folded[close[0]]}?" if close else ""
    return f"unknown {what}{guess} (known: {one_of(known)})"
