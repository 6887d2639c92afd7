"""Gates for the language data, beyond what Rasa itself checks (pitfall V1).

`python -m kumpel.validation` reads the project's files as plain YAML and Python, so
that it is over in seconds: neither Rasa nor TensorFlow is imported.
"""
