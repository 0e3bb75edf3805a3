"""Sample scenarios, one folder a tender, and the seeded generators of their synthetic tables."""
