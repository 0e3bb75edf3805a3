"""How large the effects of a Gaussian model are: its variance components by marginal likelihood."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import get_lapack_funcs

from roster.forecast.day_matrix import Floats

MEAN_VARIANCE = 100.0
"""Variance of the unknown mean: large enough that it is taken from the data."""
_PRIOR_WEIGHT = 0.5
_LEAST = 1e-8


@dataclass(frozen=True)
class Variances:
    """Variance of each effect, shape (effects,), and of the noise."""

    effects: Floats
    noise: float


def fit_variances(
    parts: Floats, values: Floats, known: Floats, usual: Variances, start: Variances, rounds: int
) -> Variances:
    """Variances that explain `values` (n) best, by `rounds` steps from `start`.

    values ~ N(mean, sum_k effects[k] parts[k] + diag(noise + known)); `parts` has shape (effects, n, n), `known` is
    each value's own noise. Steps are multiplicative and never lower the likelihood; each variance has a scaled
    inverse chi-square prior around `usual` that weighs half an observation, so that short histories stay near it.

    Source: Zhou, Hu, Zhou & Lange (2019), MM algorithms for variance components models,
    doi:10.1080/10618600.2018.1529601.
    """
    effects, noise = start.effects, start.noise
    centred = values - values.mean()
    flat = parts.reshape(len(parts), -1)
    for _ in range(rounds):
        covariance = (effects @ flat).reshape(parts.shape[1:]) + MEAN_VARIANCE
        covariance[np.diag_indices_from(covariance)] += noise + known
        inverse = inverted(covariance)
        pull = inverse @ centred
        effects = effects * _step((parts @ pull) @ pull, flat @ inverse.ravel(), effects, usual.effects)
        noise *= float(_step(np.array(pull @ pull), np.trace(inverse), np.array(noise), np.array(usual.noise)))
    return Variances(np.maximum(effects, _LEAST), max(noise, _LEAST))


def _step(fit: Floats, trace: Floats, now: Floats, usual: Floats) -> Floats:
    return np.sqrt((fit + _PRIOR_WEIGHT * usual / now**2) / (trace + _PRIOR_WEIGHT / now))


def inverted(matrix: Floats) -> Floats:
    """Inverse of a symmetric positive definite matrix, by Cholesky."""
    factorise, invert = get_lapack_funcs(("potrf", "potri"), (matrix,))
    factor, failed = factorise(matrix, lower=1, clean=1)
    if failed:
        raise ValueError("a positive definite matrix is needed")
    lower, _ = invert(factor, lower=1)
    full = lower + lower.T
    full[np.diag_indices_from(full)] /= 2
    return full
