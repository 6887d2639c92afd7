"""Finds districts, streets and offices in what people type: pure functions."""
