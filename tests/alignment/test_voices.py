"""In whose voice a shared statement stands: an outlet denies nothing that it only carries a denial of."""

from __future__ import annotations

import pytest

from reports import make_tables

TOLD = "The seamen's union alleges that the radar of the ferry Aurelia was broken."
DENIED = "Spokesman Peter Aldous denied that the radar of the ferry Aurelia was broken."


@pytest.fixture(scope="module")
def frames():
    own = "The radar of the ferry Aurelia was broken. It was foggy at the time."
    texts = {"own": own, "told": TOLD, "denied": DENIED}
    return make_tables(texts)


def read_voices(frames) -> dict[str, str]:
    shared = frames["propositions"].query("n_sources > 1")["proposition_id"]
    rows = frames["proposition_claims"][frames["proposition_claims"]["proposition_id"].isin(shared)]
    return dict(zip(rows["article_id"], rows["voice"], strict=True))


def test_own_voice_attribution_and_a_denial_that_is_carried_are_told_apart(frames):
    assert read_voices(frames) == {"own": "own", "told": "attributed", "denied": "denial carried"}


def test_a_statement_that_meets_a_denial_is_disputed(frames):
    shared = frames["propositions"].query("n_sources > 1")
    assert list(shared["status"]) == ["disputed"]
    assert list(shared["n_voices"]) == [3]


def test_a_denial_in_an_articles_own_voice_is_its_own():
    frames = make_tables({"one": "The bridge at Brill is closed.", "two": "The bridge at Brill is not closed."})
    voices = read_voices(frames)
    assert voices == {"one": "own", "two": "own"}


def test_one_speaker_in_three_articles_is_one_voice():
    said = "“The old pier of Brill will be open again before the summer,” {} said."
    texts = {
        "courier": said.format("Edda Voss"),
        "herald": said.format("Edda Voss"),
        "post": said.format("mayor Edda Voss"),
    }
    shared = make_tables(texts)["propositions"].query("n_sources > 1")
    assert list(shared["n_voices"]) == [1]
    assert list(shared["status"]) == ["undisputed"]


def test_values_that_cannot_be_one_leave_nothing_undisputed():
    frames = make_tables(
        {
            "post": "Gunmen took 276 girls from a school in the town of Brill in April.",
            "herald": "Gunmen took 219 girls from a school in the town of Brill in April.",
        }
    )
    assert list(frames["propositions"].query("n_sources > 1")["status"]) == ["differing"]


def test_a_rounded_value_is_no_other_value():
    frames = make_tables(
        {
            "post": "Gunmen took 276 girls from a school in the town of Brill in April.",
            "herald": "Gunmen took more than 200 girls from a school in the town of Brill in April.",
        }
    )
    assert list(frames["propositions"].query("n_sources > 1")["status"]) == ["undisputed"]


def test_one_length_in_two_units_is_one_value():
    frames = make_tables(
        {
            "post": "The crater near the airport of Brill is about 39 feet wide.",
            "herald": "The crater near the airport of Brill is about 12 metres wide.",
        }
    )
    assert list(frames["propositions"].query("n_sources > 1")["status"]) == ["undisputed"]
