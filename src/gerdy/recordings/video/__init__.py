"""Films: decoding, the two pose networks, choosing the person, key points of one person."""
