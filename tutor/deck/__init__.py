"""Decks: cards, the Markdown parser, identity, lint."""
