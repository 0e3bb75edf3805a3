"""The known name a mistyped one was probably meant to be."""

from collections.abc import Collection
from difflib import SequenceMatcher
from functools import lru_cache

_SHOWN = 60
_NEAREST = 8
_CLOSE = 0.6
"""Likeness (0 to 1) from which a known name is offered as the one meant."""


def one_of(known: Collection[str]) -> str:
    """The known names in one line, shortened where there are many."""
    names = sorted(known)
    more = f", ... ({len(names)} in all)" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none is defined"


def unknown(what: str, name: str, known: Collection[str], *, listed: str = "") -> str:
    """The remedy for an unknown name: the known one that was probably meant, and the nearest ones in order.

    `listed` is shown in place of the nearest ones, where all of them are to be read; then there is always a guess.
    """
    names = frozenset(known)
    ranked = _by_likeness(name, names)
    guess = f"; did you mean {ranked[0][1]}?" if ranked and (listed or ranked[0][0] >= _CLOSE) else ""
    more = f", ... ({len(names)} in all)" if len(names) > _NEAREST else ""
    nearest = ", ".join(entry for _, entry in ranked) + more
    return f"unknown {what}{guess} (known: {listed or nearest or 'none is defined'})"


@lru_cache(maxsize=256)
def _by_likeness(name: str, known: frozenset[str]) -> tuple[tuple[float, str], ...]:
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name.casefold())
    scored = []
    for entry in known:
        matcher.set_seq1(entry.casefold())
        scored.append((matcher.ratio(), entry))
    return tuple(sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:_NEAREST])
