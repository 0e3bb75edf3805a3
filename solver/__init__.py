"""CP-SAT and the search around it: reads statements of rules, returns rosters with proofs of quality."""
