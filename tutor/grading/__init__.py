"""Grading: from a question, its references and an answer to a grade."""
