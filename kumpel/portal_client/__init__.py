"""The only place that speaks HTTP to a portal."""
