"""Measures how well citizens are understood, on questions nobody trained on."""
