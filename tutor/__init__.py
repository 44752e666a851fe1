"""tutor grades free answers to flashcards."""
