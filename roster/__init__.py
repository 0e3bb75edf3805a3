"""The domain of Lunban: contracts, people, calendar, rules, demand and the judgement of rosters. No solver."""
