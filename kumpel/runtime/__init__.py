"""Starts, watches and stops the parts of the assistant, and what they need."""
