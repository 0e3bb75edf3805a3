"""Where a value stands in a contract, in the words of its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roster.loading.labour import RULE_SET, Merged

Location = tuple[int | str, ...]

TABLES = ("site", "team", "role", "post", "queue", "shift", "clause", "rule", "goal")
"""Keys written as [[tables]]."""


@dataclass(frozen=True)
class Places:
    """Turns locations of a merged contract into places like `contract.toml [[rule]] 3 (present) people`."""

    file: str
    merged: Merged

    def of(self, location: Location) -> str:
        """The place of a location; what came from the labour rule set stands there, or where it was set."""
        key, index = (*location, "", "")[:2]
        own = self.merged.own.get(str(key))
        if own is None or not isinstance(index, int) or index < own:
            return _readable(self.file, location, self.merged.raw)
        entry = self.merged.raw[str(key)][index]
        setting = self._setting(entry, location)
        return setting or _readable(RULE_SET, (key, index - own, *location[2:]), {key: self.merged.raw[str(key)][own:]})

    def _setting(self, entry: Mapping[str, Any], location: Location) -> str:
        kind = str(entry.get("kind", ""))
        names = [part for part in location[2:] if part != kind]
        if location[0] == "rule" and names and names[0] in self.merged.settings.get(kind, {}):
            return f"{self.file} [labour.settings.{kind}] {_dotted(names)}"
        return ""


def _readable(file: str, location: Location, raw: Any) -> str:
    words, node = [file], raw
    previous = ""
    for part in location:
        if isinstance(part, int):
            node = node[part] if isinstance(node, Sequence) and part < len(node) else None
            words.append(f"{part + 1}{_label(node)}")
        elif isinstance(node, dict) and previous != "" and part == node.get("kind") and part not in node:
            continue  # pydantic names the chosen kind of rule; the label did so already
        else:
            node = node.get(part) if isinstance(node, dict) else None
            nested = isinstance(previous, str) and len(words) > 1
            table = part in TABLES and isinstance(node, list) and any(isinstance(e, dict) for e in node)
            words.append(f"[[{part}]]" if table else f".{part}" if nested else part)
        previous = part
    return " ".join(words).replace(" .", ".")


def _label(node: Any) -> str:
    named = (node.get("id") or node.get("kind")) if isinstance(node, dict) else None
    return f" ({named})" if isinstance(named, str) else ""


def _dotted(names: Sequence[int | str]) -> str:
    return " ".join(str(name + 1) if isinstance(name, int) else name for name in names)
