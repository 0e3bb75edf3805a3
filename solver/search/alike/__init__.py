"""People who are alike, planned as numbers first: a flow through what one of them may do, then a path for each.

Many people under the same rules are one integer flow through the layered graph of a person's program: days x states,
however many they are. Its value is a bound for all; its paths are legal rosters. Where two people are in the same state
they may exchange what follows, which leaves every count of the whole as it is: that is how each gets a fair share.
"""

from solver.search.alike.start import Begun, begin

__all__ = ["Begun", "begin"]
