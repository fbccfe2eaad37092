"""The append-only local log, its fold into sessions and sets, and progress."""
