"""Rasa actions: thin, flat, no module named like a top-level package (A3)."""
