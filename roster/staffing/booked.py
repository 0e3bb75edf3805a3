"""People whom booked sessions take: appointments by video come at their hour, and somebody has to be free for each."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import numpy as np

from roster.base import CONTACT_POINTS
from roster.events import Booking
from roster.staffing.curve import Thousandths
from roster.staffing.expected import People


def people_booked(
    bookings: Iterable[Booking], queue: str, starts: Sequence[datetime], aht_s: Sequence[float], *, length: timedelta
) -> People:
    """People taken by the sessions booked in windows that touch each interval [start, start + length).

    One person takes as many sessions of a window one after the other as fit into it, at least one: n =
    ceil(sessions / floor(window / aht)). Where the handling time is not known (nan), a session takes its window.
    """
    people = np.zeros(len(starts), dtype=np.int64)
    for booking in (booking for booking in bookings if booking.queue == queue):
        for k, (start, aht) in enumerate(zip(starts, aht_s, strict=True)):
            if start < booking.end and booking.start < start + length:
                people[k] += -(-booking.sessions // sessions_each(booking, aht))
    return people


def sessions_each(booking: Booking, aht_s: float) -> int:
    """Sessions that one person takes in a window: as many as fit into it, at least one, and one where nobody knows
    how long they are (nan)."""
    return max(int((booking.end - booking.start).total_seconds() // aht_s), 1) if aht_s > 0 else 1


def sessions_due(booking: Booking, aht_s: float) -> tuple[datetime, ...]:
    """When each session of a window is to begin: as many side by side as `people_booked` counts people, the next ones
    after equal parts of the window. Where the handling time is not known (nan), all begin with it."""
    window = booking.end - booking.start
    each = sessions_each(booking, aht_s)
    people = max(-(-booking.sessions // each), 1)
    return tuple(booking.start + (k // people) * window / each for k in range(booking.sessions))


def behind_bookings(lost: Thousandths, booked: People) -> Thousandths:
    """Rows of lost service where the first `booked` people are taken: shape (intervals, people), convex as before.

    Each booked person missing costs one session, or what the first person for callers without appointment brings
    where that is more, so that bookings are served first.
    """
    people = np.arange(lost.shape[1])
    over = np.maximum(people[None, :] - booked[:, None], 0)
    first = lost[:, :1] - lost[:, 1:2] if lost.shape[1] > 1 else np.zeros_like(lost[:, :1])
    missing = np.maximum(booked[:, None] - people[None, :], 0)
    return np.take_along_axis(lost, over, axis=1) + missing * np.maximum(first, CONTACT_POINTS)
