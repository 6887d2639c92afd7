"""Keeps personal data out of what is stored."""
