"""``voicecoach devices``: microphones and outputs, with the ones in use marked."""

from __future__ import annotations

from typing import Annotated

import typer


def devices(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False) -> None:
    """List sound devices; > records, < plays unless told otherwise."""
    import json
    from dataclasses import asdict

    from voicecoach.hearing.microphone import list_devices

    found = list_devices()
    if as_json:
        typer.echo(json.dumps([asdict(device) for device in found], indent=2, ensure_ascii=False))
        return
    for device in found:
        mark = (">" if device.default_input else " ") + ("<" if device.default_output else " ")
        what = f"{device.inputs} in, {device.outputs} out, {device.rate} Hz, {device.host}"
        typer.echo(f"{mark} {device.index:3d}  {device.name}  ({what})")
    if not found:
        typer.echo("There is no sound device. The keyboard and printed words work without one.", err=True)
