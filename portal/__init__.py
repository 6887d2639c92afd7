"""The embedded reference portal: facts about services and offices over HTTP.

It speaks the interfaces that a city's own portal speaks, so that the assistant
works with either by changing one base URL. It imports nothing of `kumpel` but
settings, clock and errors.
"""
