"""Tells how good the understanding is: a report for citizens, a gate for its data."""
