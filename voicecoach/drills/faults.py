"""What pydantic refuses becomes diagnostics: the place in the file, a sentence, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from voicecoach.drills.cue import SHARED, WEEK, is_cue_condition
from voicecoach.drills.cue_fields import SharedLists
from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted
from voicecoach.drills.kinds import KIND_NAMES, KINDS, model_of
from voicecoach.drills.schema import CODE, EVERY, NUMBER, VERSION
from voicecoach.drills.source import Loc, Source

if TYPE_CHECKING:
    from voicecoach.drills.kinds import File

NEEDED = {
    "string_type": ("a text is needed here", "put quotes around it"),
    "int_type": ("a whole number is needed here", "such as 12, without quotes or unit"),
    "int_from_float": ("a whole number is needed here", "such as 12"),
    "float_type": ("a number is needed here", "such as 1.5, without quotes"),
    "bool_type": ("true or false is needed here", "write true or false, without quotes"),
    "list_type": ("a list is needed here", "write [one, two], or one '- item' a line"),
    "dict_type": ("keys with values are needed here", "write 'key: value' lines, indented"),
    "model_type": ("keys with values are needed here", "write 'key: value' lines, indented"),
    "model_attributes_type": ("keys with values are needed here", "write 'key: value' lines, indented"),
    "string_too_short": ("the text is empty", "write some words, or take the line away"),
}
"""Sentence and hint by pydantic's type of error."""
BY_KEY = {
    "between": "write the smallest and the largest in brackets, such as [4 in, 16 in]",
    "sides": "write [left, right]",
    "reps": "one number, such as 8; a dial called 'reps' can turn it, between [8 reps, 12 reps]",
    "rate": "words a minute, such as 150",
    "supersets": "each is a list of its own: [[goblet squat, curl up]]",
    "phases": "write the name of each phase with a colon, such as 'learning:', and its keys indented below it",
    "reminders": "write them by week, such as 'week 1: Flat shoes.', indented",
}
"""Hint for a value of the wrong type, where the key tells what was meant."""
NAMES = frozenset({"drills", "ladder"})
"""Keys with a list of names, where everywhere else one text may stand for a list of texts."""
MEANT = {
    "up": "lift", "down": "lower", "bottom": "hold", "during": "every 5 reps", "end": "finish", "done": "finish",
    "start": "setup", "intro": "setup", "instructions": "setup", "description": "goal", "purpose": "goal",
    "equipment": "needs", "repetitions": "reps", "rounds": "sets", "break": "rest", "speed": "tempo", "title": "name",
    "weight": "load", "pause": "rest", "exercises": "drills", "welcome": "greeting", "say": "cues", "text": "cues",
    "texts": "cues", "exercise": "drills", "order": "drills", "warmup": "drills", "warm-up": "drills",
    "cooldown": "drills", "cool-down": "drills", "circuit": "supersets", "circuits": "supersets", "stages": "phases",
    "blocks": "phases", "max": "at most", "maximum": "at most", "heaviest": "at most", "barbell": "bar",
    "missing": "without",
}  # fmt: skip
"""Words that people write for a key."""
CALENDAR = frozenset({
    "days", "day", "weeks", "week", "schedule", "frequency", "sessions", "workouts", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
"""Keys of somebody who wants to write several days into one programme."""
REMARKS = frozenset({"note", "notes", "comment", "comments", "author", "image", "video", "link", "source"})
"""Keys that only a reader would want."""
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PATTERNS = {
    CODE: ("a language is named by its code of two or three letters", "such as de for German"),
    WEEK: ("{value} is no week with its number", "such as week 1"),
    NUMBER: ("a number is needed here", "such as 12, or 0.5"),
}
"""Sentence, in which ``{value}`` is the value, and hint by the pattern that a value does not have."""


def validate(source: Source, lists: SharedLists) -> tuple[File | None, list[Diagnostic]]:
    """The file as its kind's model, and everything wrong with its shape; None where something is.

    ``lists`` gives the shared lists of cues that the file names.
    """
    found = list(source.refused)
    model = _model(source, found)
    if model is None:
        return None, found
    try:
        file = model.model_validate(source.data, context=lists)
    except ValidationError as error:
        taken = {(d.line, d.column) for d in found}
        empty = {d.line for d in found if d.message.endswith("has no value")}
        faults = error.errors(include_url=False)
        for fault in faults:
            if fault["type"] == "missing" and _is_misspelt(fault, faults):
                continue
            diagnostic = _describe(source, model, dict(fault))
            told = (diagnostic.line, diagnostic.column) in taken or diagnostic.line in empty
            if not told or fault["type"] == "missing":
                found.append(diagnostic)
        return None, found
    return (None if found else file), found


def _is_misspelt(missing: ErrorDetails, faults: Iterable[ErrorDetails]) -> bool:
    """Whether a missing key stands beside an unknown one that looks like it: then the unknown one is told alone.

    A flow whose ``extends:`` is misspelt lacks everything that the other flow would have given it.
    """
    *owner, name = missing["loc"]
    unknown = [str(f["loc"][-1]) for f in faults if f["type"] == "extra_forbidden" and [*f["loc"][:-1]] == owner]
    meant = [str(name)] if owner else [str(name), "extends"]
    if any(MEANT.get(one) == name for one in unknown):
        return True
    return any(get_close_matches(one, unknown, n=1, cutoff=0.6) for one in meant)


def _model(source: Source, found: list[Diagnostic]) -> type[File] | None:
    """The model of the file's kind; None where the file does not say, or is of another version."""
    data = source.data
    if not isinstance(data, dict):
        found.append(source.at(0, 0, "a script is 'key: value' lines", "begin with 'kind: drill'"))
        return None
    kind = data.get("kind")
    if kind is None:
        hint = "write 'kind: drill', 'kind: programme', 'kind: flow', 'kind: cues' or 'kind: language'"
        message = "the file does not say what kind of script it is"
        near = get_close_matches("kind", data, n=1, cutoff=0.6)
        found.append(source.diagnose(tuple(near), message, hint, key=True) if near else source.at(0, 0, message, hint))
        return None
    if not isinstance(kind, str) or kind not in KINDS:
        hint = did_you_mean(str(kind), KINDS)
        found.append(source.diagnose(("kind",), f"there is no kind of script called {quoted(kind)}", hint))
        return None
    version = data.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        message = f"this script is written for version {version} of the format; this program reads version {VERSION}"
        found.append(source.diagnose(("version",), message, "update voicecoach, or ask for a version 1 script"))
        return None
    return model_of(kind)


def _describe(source: Source, model: type[BaseModel], fault: dict[str, Any]) -> Diagnostic:
    """One of pydantic's errors as a diagnostic."""
    loc: Loc = tuple(fault["loc"])
    kind, context = str(fault["type"]), dict(fault.get("ctx", {}))
    if kind == "missing":
        return _missing(source, loc)
    if kind == "extra_forbidden" or (kind == "string_pattern_mismatch" and context.get("pattern") == EVERY):
        hint = _key_hint(model, loc)
        return source.diagnose(loc, f"unknown key {quoted(loc[-1])}", hint, key=True)
    if kind == "script":
        return source.diagnose(loc, context["sentence"], context["hint"])
    if kind in NEEDED:
        value = fault.get("input")
        a_text = kind == "list_type" and isinstance(value, int | float) and loc[-1] not in {*BY_KEY, *NAMES}
        message, hint = NEEDED["string_type" if a_text else kind]
        if kind == "int_type" and value in NUMBER_WORDS:
            hint = f"write {NUMBER_WORDS.index(str(value)) + 1}"
        if kind.startswith("model_"):
            hint = f"write 'key: value' lines below it; its keys are {', '.join(_known_keys(model, loc))}"
        return source.diagnose(loc, message, _type_hint(loc, kind, value) or hint)
    return source.diagnose(loc, *_bounds(kind, context, fault))


def _type_hint(loc: Loc, kind: str, value: object) -> str:
    """What to write in place of a value of another type, where key and value tell; nothing where they do not."""
    key = next((part for part in reversed(loc) if isinstance(part, str)), "")
    if isinstance(value, dict):
        if kind == "list_type":
            return _listed(value) or "put quotes around a text with a colon in it"
        behind = (
            ": sets, reps and times stand in the drill" if key in NAMES else "; one with a colon in it needs quotes"
        )
        return f"write the text alone{behind}" if kind == "string_type" else ""
    if isinstance(value, list) and key not in BY_KEY:
        if kind == "dict_type":
            return "write 'key: value' lines, without hyphens and brackets"
        return "write one text, without brackets" if kind == "string_type" else ""
    if key in BY_KEY and (key != "reps" or _is_range(value)):
        return BY_KEY[key]
    return f"write [{value}]" if kind == "list_type" and isinstance(value, str) and "," in value else ""


def _listed(entry: dict[str, object]) -> str:
    """How an entry of a list of cues is written that stands without its list: ``shared: praise``; or nothing."""
    name, said = next(iter(entry.items()), ("", ""))
    if name != SHARED and not is_cue_condition(name):
        return ""
    return f"write [{name}: {said}]" if isinstance(said, str) else f"write a hyphen before it: '- {name}: …'"


def _is_range(value: object) -> bool:
    return isinstance(value, str) and re.search(r"\d\s*(?:[-\N{EN DASH}]|to|or)\s*\d", value) is not None


def _key_hint(model: type[BaseModel], loc: Loc) -> str:
    """What somebody who wrote an unknown key is likely to have meant."""
    name, known = str(loc[-1]), _known_keys(model, loc[:-1])
    if "every 5 reps" in known and (cue := re.search(r"\b(?:(\d+)|([a-z]+))(?:st|nd|rd|th)? reps?$", name)) is not None:
        number = cue[1] or (NUMBER_WORDS.index(cue[2]) + 1 if cue[2] in NUMBER_WORDS else None)
        if number is not None and re.match(EVERY, f"every {number} reps") is None:
            return "a number from 1 to 999"
        if number is not None:
            return f"did you mean 'every {number} reps'?"
    if (meant := MEANT.get(name.casefold())) in known:
        return f"did you mean {quoted(meant)}?"
    if hint := _stands_elsewhere(name.casefold(), known):
        return hint
    if loc[:-1]:
        return did_you_mean(name, known)
    return (
        _other_kind(model, name, 1.0)
        or did_you_mean(name, known)
        or _other_kind(model, name, 0.8)
        or "docs/scripts.md lists the keys"
    )


def _stands_elsewhere(name: str, known: Collection[str]) -> str:
    """Where a thing is written that no key of a script is for; nothing where the name tells of no such thing."""
    if "phases" in known and name in CALENDAR:
        return "a programme is one session: write a file for each day; 'phases:' has stretches of weeks"
    return "a remark for readers is a line that begins with #" if name in REMARKS else ""


def _other_kind(model: type[BaseModel], name: str, cutoff: float) -> str:
    """The kind of script that a key belongs to, where it is not one of this kind; nothing where it is unknown."""
    for kind in KINDS:
        other = model_of(kind)
        if other is not model and get_close_matches(name, _known_keys(other, ()), n=1, cutoff=cutoff):
            return f"that is a key of a {KIND_NAMES[kind]}"
    return ""


def _missing(source: Source, loc: Loc) -> Diagnostic:
    """A key that must be there: pointed at the key that owns it, or at the top of the file."""
    value = VERSION if loc[-1] == "version" else "…"
    message, hint = f"the key {quoted(loc[-1])} is missing", f"add '{loc[-1]}: {value}'"
    if loc[:-1]:
        return source.diagnose(loc[:-1], message, f"{hint} below", key=True)
    return source.at(0, 0, message, hint, width=len(source.lines[0]))


def _bounds(kind: str, context: dict[str, Any], fault: dict[str, Any]) -> tuple[str, str]:  # noqa: PLR0911 - a table
    """Sentence and hint for a value of the right type that is out of range."""
    value = quoted(fault.get("input"))
    if kind in {"greater_than_equal", "less_than_equal"}:
        limit = context["ge"] if "ge" in context else context["le"]
        return f"{value} is not possible here", f"at {'least' if 'ge' in context else 'most'} {limit}"
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "")
        known = expected.replace(" or ", ", ").split(", ")
        hint = BY_KEY["sides"] if "sides" in fault["loc"] else did_you_mean(str(fault.get("input")), known)
        return f"{value} is not possible here", hint or f"write {expected}"
    if kind == "too_long":
        return "too many items", f"at most {context['max_length']}"
    if kind == "too_short" and not context["actual_length"]:
        return "the list is empty", "write something in it, or take the line away"
    if kind == "too_short":
        return "too few items", BY_KEY["sides"] if "sides" in fault["loc"] else f"at least {context['min_length']}"
    if kind == "string_too_long":
        return "the text is too long", f"at most {context['max_length']} characters; make two of it"
    if kind == "string_pattern_mismatch" and context.get("pattern") in PATTERNS:
        message, hint = PATTERNS[context["pattern"]]
        return message.replace("{value}", value), hint
    if kind == "string_pattern_mismatch":
        return f"{value} is no key", "one character, or enter, space, escape, tab, backspace, up, down, left, right"
    return f"{value} is not possible here", str(fault.get("msg", ""))


def _known_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that the mapping at ``loc`` may have."""
    for part in loc:
        field = next((f for n, f in model.model_fields.items() if part in (f.alias, n)), None)
        inner = next(_models_in(field.annotation), None) if field is not None else None
        model = inner or model
    keys = [field.alias or name for name, field in model.model_fields.items()]
    return [*keys, "every 5 reps"] if model.model_config.get("extra") == "allow" else keys


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation
    """The models named anywhere in an annotation, outermost first."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
