"""YAML text becomes checked, frozen drills, programmes and flows; the only room that knows PyYAML and pydantic."""
