"""The chain from foot to band to pain: mechanisms as a graph, filled with a runner's own values."""
