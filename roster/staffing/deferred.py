"""Work that may wait: e-mail, messages, tickets, call-backs. Sized by deadline, not by waiting time."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import optimize, special

from roster.base import CONTACT_POINTS
from roster.forecast.base import Forecast
from roster.staffing.curve import Thousandths
from roster.staffing.deadline_cover import fewest_by_deadline
from roster.staffing.figures import Floats
from roster.staffing.requirement import People, rostered
from roster.staffing.targets import ServiceTargets


class DeferredNeed(NamedTuple):
    """One entry an interval of service time, in order: contacts that come, their handling time in s (1 where none
    come), the `people` to roster, the contacts that each of them gets done in it, and the people needed `beside`."""

    start: pd.Series
    contacts: Floats
    aht_s: Floats
    people: People
    each: Floats
    beside: People


def deferred_need(forecast: Forecast, queue: str, targets: ServiceTargets, beside: People) -> DeferredNeed:
    """Fewest people, at the lowest peak together with those needed `beside` for other queues of the same people.

    Service time alone counts: L = max(1, floor(within / interval)) intervals of the queue's rows, that of arrival
    included, are there for each contact. Work of an interval: contacts x aht x `busier` / (interval x occupancy),
    occupancy 1 where the contract names none; `busier` as `busier_by`. Nothing is handed on: what comes in the last
    intervals is due by the last.

    Raises ValueError for contacts without a handling time.
    """
    rows = forecast.rows(queue)
    contacts, aht = rows["mean"].to_numpy(dtype=float), rows["aht_s"].to_numpy(dtype=float)
    if np.any((contacts > 0) & np.isnan(aht)):
        raise ValueError(f"queue {queue!r} has contacts but no handling time (aht_s)")
    handling = np.where(np.isnan(aht), 1.0, aht)
    seconds = 60.0 * forecast.interval_minutes * (targets.occupancy or 1.0)
    busier = busier_by(forecast.day_cv.get(queue, 0.0), targets.service_level or 0.0)
    places = np.arange(len(rows))
    due = places + max(1, int((targets.answer_within_s or 0.0) // (60 * forecast.interval_minutes))) - 1
    people = rostered(fewest_by_deadline(contacts * handling * busier / seconds, due, beside), targets)
    usual = np.average(handling, weights=contacts) if contacts.sum() > 0 else 1.0
    each = np.full(len(rows), seconds * (1 - targets.unplanned_absence) / usual)
    return DeferredNeed(rows["start"], contacts, handling, people, each, beside)


def busier_by(day_cv: float, share: float) -> float:
    """g, at least 1: people for g times the mean work of a day do `share` of all work in time.

    The day's factor G is Gamma of mean 1 and `day_cv`; of a day's work min(G, g) is done, so that E[min(G, g)] = share:
    P(k + 1, k g) + g (1 - P(k, k g)), k = 1 / cv^2, P the regularised lower incomplete gamma function.
    """
    if day_cv == 0:
        return 1.0
    k = day_cv**-2

    def done(g: float) -> float:
        return float(special.gammainc(k + 1, k * g) + g * special.gammaincc(k, k * g))

    if done(1.0) >= share:
        return 1.0
    return float(optimize.brentq(lambda g: done(g) - share, 1.0, 1 + 40 * day_cv + 40 * day_cv**2))


def deferred_lost(need: DeferredNeed, people_max: int, *, pieces: int) -> Thousandths:
    """Thousandths of a contact not done by 0 .. people_max people in each of `pieces` equal parts of the intervals.

    Shape (intervals x pieces, people). Each person missing, of those for the queue and those needed beside, leaves
    undone what one gets done. Nothing is lost where nobody is needed for this queue.
    """
    wanted = np.where(need.people > 0, need.people + need.beside, 0)
    missing = np.maximum(wanted[:, None] - np.arange(people_max + 1)[None, :], 0)
    lost = missing * np.rint(CONTACT_POINTS * need.each / pieces).astype(np.int64)[:, None]
    return np.repeat(lost, pieces, axis=0)
