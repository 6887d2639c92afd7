"""Compares the project's chat with two open ones, in one browser and one run."""
