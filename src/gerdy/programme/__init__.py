"""What to train, at which level, with which dose, next to which runs: suggestions by published rules."""
