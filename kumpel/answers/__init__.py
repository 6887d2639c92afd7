"""Pure composition of answers: facts and wording in, text out."""
