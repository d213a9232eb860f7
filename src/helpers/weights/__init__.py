"""Learned weights as readable JSON, each with the command that learned them."""
