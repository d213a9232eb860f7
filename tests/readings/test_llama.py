"""The way to a real server: llama.cpp with any small model, where one is at hand. It proves that the way is open, not what a model is worth.

Set SYNOPTIC_TEST_READER_URL to the address of a running server on this machine, SYNOPTIC_TEST_READER_MODEL to its model.
"""

from __future__ import annotations

import os

import pytest

from helpers.readings import Material
from helpers.readings.ask import Client, Limits, Reader, ask_story, check_address
from helpers.readings.files import read_readings
from helpers.readings.records import Records
from reports import make_tables

URL = os.environ.get("SYNOPTIC_TEST_READER_URL", "")
MODEL = os.environ.get("SYNOPTIC_TEST_READER_MODEL", "default")
TEXTS = {
    "morning": "The bridge at Ostrel fell on Monday. Nobody was on the bridge.\n",
    "evening": "The bridge at Ostrel fell on Tuesday. Eight people were on the bridge.\n",
}


@pytest.mark.slow
@pytest.mark.skipif(not URL, reason="SYNOPTIC_TEST_READER_URL names no server of a model")
def test_a_server_of_a_small_model_is_asked_kept_and_asked_no_second_time(tmp_path):
    frames = make_tables(TEXTS)
    material = Material(frames["articles"], frames["passages"], frames["claims"])
    limits = Limits(timeout=600, context=4000, answer=1500)
    client = Client(check_address(URL, may_leave=False), limits)
    first = ask_story(material, frames, Reader(MODEL, Records(tmp_path), client, limits))
    assert first["asked"]["answered"] > 0, first["asked"]["missing"]
    assert len(read_readings("nowhere", material, {"small": first})) > 0
    again = ask_story(material, frames, Reader(MODEL, Records(tmp_path), None, limits))
    assert again["disagreements"] == first["disagreements"]
    assert again["agreements"] == first["agreements"]
