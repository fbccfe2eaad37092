"""Spoken English and meaning: phrase templates, numbers, weights and units. Pure tables and parsers."""
