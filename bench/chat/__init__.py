"""Measures how long a citizen waits for the first byte of an answer."""
