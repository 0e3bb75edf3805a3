"""Convex sequences."""

import numpy as np
import numpy.typing as npt
from numba import njit

from roster.staffing.figures import Floats


def lower_convex_envelope(values: Floats) -> Floats:
    """The largest convex sequence nowhere above `values` (1-D, equally spaced)."""
    corners = _corners(values)
    return np.interp(np.arange(len(values)), corners, values[corners])


@njit(cache=True)
def _corners(values: Floats) -> npt.NDArray[np.int64]:
    """The places where the envelope meets the values."""
    corners, count = np.empty(len(values), dtype=np.int64), 0
    for i in range(len(values)):
        while count > 1:
            left, middle = corners[count - 2], corners[count - 1]
            rise = (values[i] - values[left]) * (middle - left)
            if (values[middle] - values[left]) * (i - left) < rise:
                break
            count -= 1
        corners[count] = i
        count += 1
    return corners[:count]
