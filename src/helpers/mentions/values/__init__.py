"""Dates and quantities of running text as bounded values, one file a kind."""
