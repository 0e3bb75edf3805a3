"""Plays contacts against a named roster: who answers, who waits, who gives up."""
