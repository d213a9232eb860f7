"""Asking a language model for a reading over the interface that its servers share; nothing here runs unless a model is named."""

from helpers.readings.ask.client import Client, Limits, check_address
from helpers.readings.ask.passes import ask_story, make_first_requests
from helpers.readings.ask.reader import Reader

__all__ = ["Client", "Limits", "Reader", "ask_story", "check_address", "make_first_requests"]
