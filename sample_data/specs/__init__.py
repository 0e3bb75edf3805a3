"""One file a scenario: what the generators of its synthetic tables know of it, as `SPEC`."""
