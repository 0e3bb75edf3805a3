"""Rosters as people draw them: names down, dates across, a letter for each shift."""
