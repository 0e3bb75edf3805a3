"""Calendars: one duty an event, and how an event changes from one publication to the next."""
