"""A roster in the forms people use: text in, bytes nowhere near a solver."""
