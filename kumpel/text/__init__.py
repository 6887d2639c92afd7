"""Pure functions on text: no clock, no files, no network."""
