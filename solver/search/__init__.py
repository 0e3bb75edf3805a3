"""Search around CP-SAT for large problems: a start by prices, neighbourhoods, exchanges, bounds."""
