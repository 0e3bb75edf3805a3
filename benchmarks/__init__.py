"""Measurements with protocol and seeds; never part of the test run."""
