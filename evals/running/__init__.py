"""Running a grader over cases: many at once, stopped and continued, with the cost so far.

run          the cases of one file with one grader: an outcome for each
journal      the file that outcomes are appended to, and what of it still holds
identity     what a grader is made of, so that a changed one is not taken for the old
sources      the files of a grader that the user wrote
own_grader   a grader that the user wrote, by `module:object`
standing     how many have no grade and why, what it cost so far
own_grade    what such a grader may return
"""
