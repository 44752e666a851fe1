"""Laws that a fair grader keeps whatever the answer is worth, so that no label is needed."""
