"""Disk: where things are, files written whole, and the names by which publishers go."""
