"""How well do graders agree with people? `python -m evals --help` says how to ask.

cases      questions with answers that people have graded, read from JSON Lines
graders    the graders that can be measured, and the plain baselines beside them
outcomes   a grade, or a named failure, for every case
running    a grader over cases: many at once, stopped and continued, with the cost so far
people     how well people agree with each other: the ceiling for every grader
metrics    the figures, with intervals that resample whole questions
result     what a run leaves behind: figures, makers, data hashes, settings
report     results as tables
"""
