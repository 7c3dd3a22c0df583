"""Files in, arrays out: every `read_*` returns (data, metadata, problems)."""
