"""One pipeline per verb: the order in which the layers are called for a run."""
