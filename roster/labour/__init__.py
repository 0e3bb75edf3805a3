"""Labour rule sets as data."""
