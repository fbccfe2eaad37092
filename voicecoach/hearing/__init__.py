"""Samples from a microphone or a file become Heard events."""
