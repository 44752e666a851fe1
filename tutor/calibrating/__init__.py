"""Fitting the local grader to a user's own labelled answers, and measuring what that brings."""
