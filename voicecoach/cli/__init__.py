"""One small module per command: parses, calls, prints."""

from __future__ import annotations

import gc

COLLECT_AFTER = (100_000, 50, 50)
"""Objects before garbage is looked for: what importing makes stays, so Python's 700 is a fifth of a command's time."""
gc.set_threshold(*COLLECT_AFTER)  # here, because the commands' own libraries are imported next
