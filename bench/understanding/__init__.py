"""Trains several pipelines on the same data and asks them the same questions.

    python -m bench.understanding --help

Each contestant is trained by `rasa train nlu` in a process of its own and loaded in
another one, so that neither time nor memory of one counts for the next.
"""
