"""Days that citizens name, turned into dates."""
