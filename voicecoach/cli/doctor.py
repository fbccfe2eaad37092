"""``voicecoach doctor``: looks over everything a session needs."""

from __future__ import annotations

from typing import Annotated

import typer


def doctor(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Look over voice, earbuds, microphone, ear, scripts and journal; exit code 1 where something must be put right."""
    import json
    from dataclasses import asdict

    from voicecoach.app.doctor import examine, exit_code
    from voicecoach.app.homes import Homes

    findings = []
    for finding in examine(Homes.find()):
        findings.append(finding)
        if not as_json:
            typer.echo(f"{finding.verdict.upper():8} {finding.check:11} {finding.message}")
            if finding.hint:
                typer.echo(f"{'':20} {finding.hint}")
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    raise typer.Exit(exit_code(findings))
