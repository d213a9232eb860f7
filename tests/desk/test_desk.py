"""The desk without a browser: each act is saved at once, made anew, and taken back as easily."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT
from helpers.articles import read_articles
from helpers.corpus.pipeline import analyse, apply_anew, take_back
from helpers.desk import open_desk
from helpers.desk.lists import list_claims, list_findings
from helpers.desk.session import Session
from helpers.reviews import ReviewError
from helpers.store.journal import NAME
from reviewing import TEXTS


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bridge")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder, analyse(read_articles(folder).assign(story="bridge"))


@pytest.fixture
def folder(machine, tmp_path):
    return shutil.copytree(machine[0], tmp_path / "bridge")


@pytest.fixture
def session(machine, folder):
    return Session(folder, machine[1], apply_anew, "Ada")


def find(session, kind):
    return session.tables["disagreements"].set_index("kind").at[kind, "disagreement_id"]


def read_actions(folder):
    return [json.loads(line)["body"]["action"] for line in (folder / NAME).read_text().splitlines()]


def test_a_review_is_saved_at_once_and_what_rests_on_it_is_made_anew(session, folder):
    claim = session.tables["claims"].query("text == '15 people were hurt'").iloc[0]
    session.set_value("herald", int(claim["start"]), int(claim["start"]) + len("15 people"), "12 people")
    assert read_actions(folder) == ["value"]
    assert "amount" not in set(session.tables["disagreements"]["kind"])


def test_what_was_done_last_is_undone_first_and_nothing_is_lost_from_the_record(session, folder):
    session.judge_finding(find(session, "date"), "confirm")
    session.judge_finding(find(session, "date"), "severity", "minor")
    assert [session.undo(), session.undo(), session.undo()] == ["severity", "confirm", None]
    assert session.tables["disagreements"]["review"].isna().all()
    assert read_actions(folder) == ["confirm", "severity", "withdraw", "withdraw"]


def test_only_what_the_form_has_otherwise_is_saved(session, folder):
    claim = session.tables["claims"].query("text == '12 people were hurt' and article_id == 'gazette'").iloc[0]
    told = {"speaker": claim["speaker_name"], "stance": "alleges", "modality": claim["modality"], "negated": False}
    assert session.correct_claim(claim["claim_id"], told) == ["stance"]
    (line,) = (folder / NAME).read_text().splitlines()
    assert json.loads(line)["body"] | {"type": ""} == {
        "type": "", "about": "claim", "action": "stance", "value": "alleges", "was": "asserts", "said_by": claim["speaker"],
    }  # fmt: skip


def test_a_finding_keeps_its_name_after_its_kind_was_changed(session):
    session.judge_finding(find(session, "amount"), "kind", "scope")
    session.judge_finding(find(session, "scope"), "dismiss", why="no")
    assert session.tables["disagreements"].set_index("kind").at["amount", "review"] == "dismissed"
    assert list(session.tables["reviews"]["state"]) == ["overruled", "applied"]


@pytest.mark.parametrize("quote", ["no such words", "12 people were hurt. She denied nothing"])
def test_a_quotation_that_does_not_stand_is_refused_and_nothing_saved(session, folder, quote):
    with pytest.raises(ReviewError, match="does not stand in gazette"):
        session.add_claim("gazette", quote, {})
    assert not (folder / NAME).exists()


def test_what_another_desk_saved_is_seen_with_the_next_act(machine, session, folder):
    other = Session(folder, machine[1], apply_anew, "Bob")
    other.judge_finding(find(other, "date"), "confirm")
    session.note("look again")
    assert "confirmed" in set(session.tables["disagreements"]["review"].dropna())
    assert session.undo() == "note"


def test_the_machines_own_tables_are_had_back_from_reviewed_ones(machine, session, folder):
    claim = session.tables["claims"].query("text == '15 people were hurt'").iloc[0]
    session.correct_claim(claim["claim_id"], {"speaker": "Tomas Brell"})
    session.set_article("post", "publisher", "The Ostrel Post")
    back = take_back(session.tables, folder)
    assert set(back["articles"]["source"].dropna()) == set(machine[1]["articles"]["source"].dropna())
    assert back["claims"]["review"].isna().all() and len(back["claims"]) >= len(machine[1]["claims"])


@pytest.fixture
def desk(machine, folder):
    return open_desk(folder, machine[1], apply_anew, "Ada")


def test_two_acts_dismiss_a_finding(desk, folder):
    board = desk.boards["Findings"]
    board.choose(find(desk.session, "date"))
    assert "<mark>" in desk.passages["Findings"].value
    desk.press("d")
    assert read_actions(folder) == ["dismiss"]
    assert "1 reviewed" in desk.status.value and "saved" in desk.status.value
    assert board.chosen == find(desk.session, "date")


def test_a_reason_is_kept_with_one_review_and_not_with_the_next(desk):
    form = desk.forms["Findings"]
    desk.press("n")
    form.why.value = "it was corrected"
    desk.press("c")
    assert form.why.value == ""
    assert list(desk.session.tables["reviews"]["why"]) == ["it was corrected"]


def test_a_table_can_be_searched_after_a_review_as_before(desk):
    board = desk.boards["Findings"]
    before = board.widget._dt_args["layout"]
    desk.press("n")
    desk.press("c")
    assert board.widget._dt_args["layout"] == before and before["topStart"] == "search"


def test_the_keyboard_goes_from_row_to_row_and_confirms_and_undoes(desk, folder):
    for key in "nncu":
        desk.press(key)
    assert desk.boards["Findings"].chosen == desk.boards["Findings"].rows.index[1]
    assert read_actions(folder) == ["confirm", "withdraw"]


def test_a_fault_is_told_and_nothing_is_saved(desk, folder):
    form = desk.forms["Claims"]
    form.article.value, form.quote.value = "gazette", "not there"
    form.add()
    assert "not saved: the quotation does not stand in gazette" in desk.status.value
    assert not (folder / NAME).exists()


def test_two_names_are_made_one_from_the_table_of_speakers(desk):
    form, board = desk.forms["Speakers"], desk.boards["Speakers"]
    names = list(board.rows.index)
    assert len(names) > 1
    board.choose(names[0])
    form.remember()
    board.choose(names[1])
    form.relate("same as")
    assert len(desk.boards["Speakers"].rows) == len(names) - 1


def test_without_widgets_the_tables_stand_with_links_to_their_places(desk):
    data, _ = desk._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    html = data["text/html"]
    claim = desk.session.tables["claims"].iloc[0]["claim_id"]
    assert f'<a href="#{claim}"' in html and f'<a id="{claim}"></a>' in html
    assert "12 people were hurt" in html and "<script" not in html


def test_what_stands_in_an_article_is_shown_and_never_run(tmp_path):
    evil = '<script>alert(1)</script> Mara Lind said that the bridge cost $5 million <img src=x onerror="alert(2)">.\n'
    (tmp_path / "a.txt").write_text(f"Bridge\n\n{evil}")
    (tmp_path / "b.txt").write_text("Bridge\n\nMara Lind said that the bridge cost $7 million.\n")
    desk = open_desk(tmp_path, analyse(read_articles(tmp_path).assign(story="s")), apply_anew)
    desk.press("n")
    for html in (desk._repr_mimebundle_()[0]["text/html"], desk.passages["Findings"].value):
        assert "<script>" not in html and "<img" not in html
    assert list_findings(desk.session.tables).index.is_unique and list_claims(desk.session.tables).index.is_unique


def test_lab_as_the_suite_starts_it_asks_for_no_news_and_no_updates(tmp_path):
    environment = {"JUPYTER_CONFIG_PATH": str(ROOT / "src/helpers/desk/lab"), "HOME": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-m", "jupyterlab", "--show-config-json"]
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
    lab = json.loads(shown[shown.index("{") :])["LabApp"]
    assert lab["check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate" and lab["news_url"] is None
    pages = json.loads((ROOT / "src/helpers/desk/lab/labconfig/page_config.json").read_text())
    assert pages["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]
    assert "src/helpers/desk/lab" in (ROOT / "Makefile").read_text().split("\nlab:")[1].split("\n\n")[0]
