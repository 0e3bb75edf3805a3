"""Offered contacts and handling times ahead: methods behind one protocol, and their backtest."""
