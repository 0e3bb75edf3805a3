"""Use cases: plan, check, forecast, staff, new; the command line. No CP-SAT and no front end in here."""
