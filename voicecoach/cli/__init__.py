"""One small module per command: parses, calls, prints."""
