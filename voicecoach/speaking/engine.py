"""An engine of the user's as a value; ``app.settings`` reads it, ``command_renderer`` runs it."""

from __future__ import annotations

from dataclasses import dataclass

PATIENCE_S = 20.0
"""Seconds that one text may take an engine."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine of the user's, as ``config.toml`` has it."""

    name: str
    """What people call it, and scripts name it by: ``piper``."""
    command: str
    """Its command line, with the variables that ``CommandRenderer`` fills in."""
    sample_rate: int = 0
    """Hz of raw samples on stdout; 0 where it writes sound files, or its model's json tells."""
    timeout: float = PATIENCE_S
    """Seconds that one text may take."""
