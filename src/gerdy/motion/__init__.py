"""Markers and forces to events, strides and their quality."""
