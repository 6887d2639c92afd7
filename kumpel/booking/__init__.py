"""How appointments are talked about: pure functions, without Rasa and without HTTP."""
