"""People needed: queueing formulas, requirement and the price of being short."""
