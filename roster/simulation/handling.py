"""How much handling times vary from contact to contact, told from the means of intervals."""

import numpy as np
import pandas as pd

from roster.forecast.history import History

FEWEST_PAIRS = 200


def measured_cv(history: History, queue: str) -> float | None:
    """Coefficient of variation of single handling times; None with fewer than FEWEST_PAIRS pairs to tell it from.

    The mean of n contacts varies by cv^2 / n. Neighbouring intervals share what the time of day and the season do,
    so that cv^2 = sum (a - b)^2 / (mean^2 sum (1/n_a + 1/n_b)) over pairs of neighbours with means a and b.

    Source: von Neumann et al. (1941), doi:10.1214/aoms/1177731746 [mean square successive difference].
    """
    rows = history.frame[history.frame["queue"] == queue]
    answered = rows["answered"].fillna(rows["offered"]).to_numpy()
    aht = rows["aht_s"].to_numpy()
    usable = (answered > 0) & (aht > 0)
    beside = rows["start"].diff().shift(-1).to_numpy() == pd.Timedelta(minutes=history.interval_minutes)
    pairs = np.flatnonzero(usable[:-1] & usable[1:] & beside[:-1])
    if len(pairs) < FEWEST_PAIRS:
        return None
    mean = np.average(aht[usable], weights=answered[usable])
    scale = (1 / answered[pairs] + 1 / answered[pairs + 1]).sum() * mean**2
    return float(np.sqrt(((aht[pairs] - aht[pairs + 1]) ** 2).sum() / scale))
