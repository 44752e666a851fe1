"""Reproducible fitting of what the package ships: lexicon and calibrations."""
