"""Readers of published and private formats of graded answers: files in, rows of cases out."""
