"""Column generation: a master chooses one whole roster a person, persons' programs offer rosters against its prices."""
