"""Trains the static Chinese-English embedder that the package ships."""
