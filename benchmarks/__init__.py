"""Speed against OpenSim and others, measured in one run."""
