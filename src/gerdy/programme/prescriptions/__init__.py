"""Prescriptions of exercise as text that parses to a value and prints back."""
