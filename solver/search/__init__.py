"""Search around CP-SAT for large problems: annealing over exact counts, bounds from a relaxation."""
