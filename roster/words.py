"""Short texts in the two languages users read."""

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def join(self, *others: "Words") -> "Words":
        """Sentences one after the other, each language by itself."""
        return Words("".join([self.zh, *(o.zh for o in others)]), " ".join([self.en, *(o.en for o in others)]))
