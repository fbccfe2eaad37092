"""What a run over recordings gave, as rows: recall of every label, false accepts of every class, with intervals."""

from __future__ import annotations

from kit.ears import Score
from kit.rates import rate


def rows_of(condition: str, column: str, result: Score) -> list[dict[str, object]]:
    """One row a label with its recall, one a class with its false accepts."""
    rows: list[dict[str, object]] = []
    labels = [*sorted(result.said), "all"] if result.said else []
    for label in labels:
        said, right, wrong = (
            sum(counts.values()) if label == "all" else counts[label]
            for counts in (result.said, result.right, result.wrong)
        )
        what = {"condition": condition, "column": column, "what": f"recall {label}"}
        rows.append({**what, **rate(right, said), "wrong": wrong})
    for kind in sorted(result.clips):
        hours = result.seconds[kind] / 3600
        per_hour = round(result.taken[kind] / hours, 1) if hours else None
        what = {"condition": condition, "column": column, "what": f"false {kind}"}
        rows.append({**what, **rate(result.taken[kind], result.clips[kind]), "per_hour": per_hour})
    return rows
