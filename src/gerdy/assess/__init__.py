"""Tests of the runner: what they show, beyond which error, and what may load the band."""
