"""Dates and times of day as people and spreadsheets write them, put into the ISO form."""

import re

_WRITTEN = re.compile(
    r"(?P<year>\d{4})(?:/(?P<m1>\d{1,2})/(?P<d1>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日|-(?P<m3>\d{1,2})-(?P<d3>\d{1,2}))"
    r"(?:(?:T|\s+)(?P<hour>\d{1,2}):(?P<rest>\d\d(?::\d\d(?:\.\d+)?)?)(?P<offset>Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


def iso(text: str) -> str:
    """'2025/9/29 8:30', '2025年9月29日' or '2025-9-29' as ISO 8601; any other text as it is.

    Year, month and day stand in this order; 3/4/2025 is not guessed at.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return text
    month, day = (next(filter(None, (found[f"{part}{k}"] for k in "123"))) for part in "md")
    date = f"{found['year']}-{month:>02}-{day:>02}"
    if found["hour"] is None:
        return date
    return f"{date}T{found['hour']:>02}:{found['rest']}{found['offset'] or ''}"
