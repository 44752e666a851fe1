"""Signals: numbers about an attempt that a calibration weighs, one idea a module."""
