"""The sheets of roster.xlsx, one a file."""
