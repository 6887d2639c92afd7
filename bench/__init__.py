"""Measures the assistant against others; nothing that runs for citizens needs it."""
