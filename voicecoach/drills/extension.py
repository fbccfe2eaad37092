"""A flow that ``extends:`` another one: its data laid over that of the flow it builds on, before the schema is asked.

Lines, outcomes and a command's keys take the place of those of the same name; everything else is kept. So an
extension can add states, ways, phrases and lines, and the rules, safety among them, are asked of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEPTHS: Mapping[str, int] = {"commands": 2, "lines": 1, "anywhere": 1, "states": 3, "say as": 1}
"""Down to which mapping below each key two flows are merged, name by name; below that the extension's is used."""


def extended(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a flow that is ``own`` on top of ``base``; neither is changed."""
    whole = {**base, **own}
    for key, depth in DEPTHS.items():
        if key in own and key in base:
            whole[key] = _merged(base[key], own[key], depth)
    if isinstance(base.get("ignored"), list) and isinstance(own.get("ignored"), list):
        whole["ignored"] = [*base["ignored"], *own["ignored"]]
    return whole


def _merged(base: Any, own: Any, depth: int) -> Any:  # noqa: ANN401 - any YAML value
    if depth == 0 or not isinstance(base, dict) or not isinstance(own, dict):
        return own
    return {**base, **{name: _merged(base.get(name), value, depth - 1) for name, value in own.items()}}
