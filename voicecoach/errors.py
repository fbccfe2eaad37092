"""The one kind of error a user sees; every room raises it, ``cli`` prints it."""

from __future__ import annotations


class CoachError(Exception):
    """Something the user can put right.

    ``message`` is a sentence that says what is wrong and where (a file with line and column, a device name);
    ``hint`` is what to do next; ``exit_code`` is the process's exit status: 1 for what the user can fix, 2 for
    a wrong command line.
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
