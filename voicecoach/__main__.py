"""``python -m voicecoach`` is ``voicecoach``."""

from voicecoach.cli.app import main

main()
