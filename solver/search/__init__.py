"""Engines beside CP-SAT: annealing over exact counts, column generation, numbers of people who are alike."""
