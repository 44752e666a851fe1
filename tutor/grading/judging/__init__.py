"""The judge: a language model as a witness on key points, and what follows from what it says."""
