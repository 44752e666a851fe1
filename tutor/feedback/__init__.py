"""Feedback: what the learner is told about one grade, and hints before it."""
