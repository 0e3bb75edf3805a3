"""Convex sequences."""

import numpy as np

from roster.staffing.figures import Floats


def lower_convex_envelope(values: Floats) -> Floats:
    """The largest convex sequence nowhere above `values` (1-D, equally spaced)."""
    corners: list[int] = []
    for i in range(len(values)):
        while len(corners) > 1 and _above(values, corners[-2], corners[-1], i):
            corners.pop()
        corners.append(i)
    return np.interp(np.arange(len(values)), corners, values[corners])


def _above(values: Floats, left: int, middle: int, right: int) -> bool:
    rise = (values[right] - values[left]) * (middle - left)
    return bool((values[middle] - values[left]) * (right - left) >= rise)
