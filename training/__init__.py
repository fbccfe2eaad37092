"""The recipe of the built-in ear: texts, voices, people, alignment, features, network and export, run step by step."""
