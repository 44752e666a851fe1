"""Reading: what a text says, as words, terms, numbers, formulas, polarity and concepts."""
