"""One page a file: read the widgets, call planning, show."""
