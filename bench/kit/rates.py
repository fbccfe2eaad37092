"""Rates with their 95 % intervals, for every table of a bench."""

from __future__ import annotations

import math
import sys

Z = 1.959964
"""Normal quantile of a 95 % interval."""


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a rate, by Wilson's score."""
    if of == 0:
        return 0.0, 1.0
    rate, z2 = hits / of, Z * Z
    middle = (rate + z2 / (2 * of)) / (1 + z2 / of)
    half = Z / (1 + z2 / of) * math.sqrt(rate * (1 - rate) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(hits: int, of: int) -> dict[str, object]:
    """Hits, number, per cent and interval, as every JSON document of the benches has them."""
    low, high = wilson(hits, of)
    return {
        "hits": hits,
        "of": of,
        "percent": round(100 * hits / of, 1) if of else None,
        "low": round(100 * low, 1),
        "high": round(100 * high, 1),
    }


def most_an_hour(count: int, hours: float) -> float:
    """Upper end of the 95 % interval of a Poisson rate per hour, by Byar's approximation."""
    more = count + 1
    return more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3 / hours


def least_an_hour(count: int, hours: float) -> float:
    """Lower end of the 95 % interval of a Poisson rate per hour, by Byar's approximation."""
    return count * max(0.0, 1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3 / hours if count else 0.0


def peak_memory_mb() -> float | None:
    """Largest resident memory of this process so far in MB; None where the system does not say."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
