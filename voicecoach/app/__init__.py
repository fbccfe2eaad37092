"""The composition root and the session loop that carries events and commands between the rooms."""
