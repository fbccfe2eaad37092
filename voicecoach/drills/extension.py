"""A flow that ``extends:`` another one: its data laid over that of the flow it builds on, before the schema is asked.

Lines, outcomes and a command's keys take the place of those of the same name, but for the phrases of a safety command,
which are added: no flow can make the coach deaf to "stop". Everything else is kept. So an
extension can add states, ways, phrases and lines, and the rules, safety among them, are asked of the whole.
One in another language takes over states and ways, and brings its own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from voicecoach.drills.diagnostics import Diagnostic, counted, quoted, some_of
from voicecoach.drills.source import Source
from voicecoach.words.english import ENGLISH

DEPTHS: Mapping[str, int] = {"commands": 2, "lines": 1, "anywhere": 1, "states": 3, "say as": 1}
"""Down to which mapping below each key two flows are merged, name by name; below that the extension's is used."""


def extended(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a flow that is ``own`` on top of ``base``; neither is changed."""
    if language_of(own) != language_of(base):
        base = _in_another_language(base, own)
    whole = {**base, **own}
    for key, depth in DEPTHS.items():
        if key in own and key in base:
            whole[key] = _merged(base[key], own[key], depth)
    if "ignored" in own and "ignored" in base:
        whole["ignored"] = [*_listed(base["ignored"]), *_listed(own["ignored"])]
    for name, part in _names(whole, "commands").items():
        inherited = _names(base, "commands").get(name)
        if isinstance(inherited, dict) and inherited.get("safety") is True and name in _names(own, "commands"):
            _keep_phrases(inherited, part)
    return whole


def _keep_phrases(inherited: Mapping[str, Any], part: Any) -> None:  # noqa: ANN401 - any YAML value
    """Put the phrases of a safety command before those that an extension has for it: none of them can be taken away."""
    for key in ("phrases", "also"):
        if isinstance(part, dict) and key in inherited and part.get(key) is not inherited[key]:
            part[key] = [*_listed(inherited[key]), *_listed(part[key])]


def laid_over(source: Source, base: Source, name: str) -> tuple[Source, list[Diagnostic]]:
    """A flow with the data of the one it extends beneath its own, and what of that it has no words for."""
    own, below = source.data, base.data
    if not isinstance(own, dict) or not isinstance(below, dict):
        return replace(source, data=None), []
    found: list[Diagnostic] = []
    for key, names in untranslated(below, own).items():
        message = f"{counted(len(names), key)} of {quoted(name)} stay as they are: {some_of(names)}"
        hint = f"add '{names[0]}: …' in the language of this flow"
        found.append(source.diagnose((key,), message, hint, key=True, severity="warning"))
    return replace(source, data=extended(below, own), beneath=base), found


def language_of(flow: Mapping[str, Any]) -> str:
    """The code of a flow's language."""
    return str(flow.get("language", ENGLISH.code))


def untranslated(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, list[str]]:
    """Commands and lines that a flow in another language has no words of its own for; none in the same language."""
    if language_of(own) == language_of(base):
        return {}
    lacking = {
        key: [name for name, part in _names(base, key).items() if name not in _names(own, key) and _has_words(part)]
        for key in ("commands", "lines")
    }
    return {key: names for key, names in lacking.items() if names}


def _has_words(part: Any) -> bool:  # noqa: ANN401 - any YAML value
    """Whether there is anything to translate: not in a line that is all variable."""
    texts = part if isinstance(part, list) else [part]
    return any(not isinstance(text, str) or re.sub(r"\{[^{}]*\}|\W", "", text) for text in texts)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - any YAML value
    return value if isinstance(value, list) else [value]


def _names(flow: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = flow.get(key)
    return part if isinstance(part, dict) else {}


def _in_another_language(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A flow without the words that are no use in another language: decoys, respellings, phrases that are replaced."""
    kept = {key: value for key, value in base.items() if key not in {"ignored", "say as", "voice"}}
    said = _names(own, "commands")
    kept["commands"] = {
        name: {k: v for k, v in part.items() if name not in said or k not in {"phrases", "also"}}
        for name, part in _names(base, "commands").items()
    }
    return kept


def _merged(base: Any, own: Any, depth: int) -> Any:  # noqa: ANN401 - any YAML value
    if depth == 0 or not isinstance(base, dict) or not isinstance(own, dict):
        return own
    return {**base, **{name: _merged(base.get(name), value, depth - 1) for name, value in own.items()}}
