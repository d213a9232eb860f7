"""The form of a review: a W3C Web Annotation whose body says what a person does, and whose targets say to which places."""

from __future__ import annotations

import difflib
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from helpers.tables import DISAGREEMENT_KINDS, MODALITIES, SEVERITIES, STANCES

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")
NOTE, WITHDRAW = "note", "withdraw"
ADD_CLAIM, NO_CLAIM, ADD_FINDING = "add claim", "not a claim", "add finding"
SAME, DIFFERENT = "same as", "different from"
CONFIRM, DISMISS = "confirm", "dismiss"
LONGEST = 2000  # characters of a name, a sentence or a reason


class ReviewError(Exception):
    """A review breaks a rule; the message is one line."""


class Action(NamedTuple):
    """Something that a review can do: about what, how many places it needs, what its value may be."""

    about: str
    motivation: str
    places: int
    check: Callable[[object], str | None]


def _expect_nothing(value: object) -> str | None:
    return None if value is None else "takes no value"


def _expect_text(value: object) -> str | None:
    fits = isinstance(value, str) and value.strip() and len(value) <= LONGEST
    return None if fits else "needs a text as its value"


def _expect_text_or_nothing(value: object) -> str | None:
    return None if value is None else _expect_text(value)


def _expect_flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "needs true or false as its value"


def _expect_day(value: object) -> str | None:
    if isinstance(value, str) and DAY.match(value):
        try:
            datetime.fromisoformat(f"{value}-01-01"[:10])
            return None
        except ValueError:
            pass
    return "needs a date as its value: 2024, 2024-05 or 2024-05-31"


def _expect_one_of(choices: Sequence[str]) -> Callable[[object], str | None]:
    return lambda value: None if value in choices else f"needs one of these as its value: {', '.join(choices)}"


def _expect_claim(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) - set(CLAIM_FIELDS):
        return f"takes as its value an object with some of: {', '.join(CLAIM_FIELDS)}"
    faults = (check(value[name]) for name, check in CLAIM_FIELDS.items() if name in value)
    return next((fault for fault in faults if fault), None)


def _expect_finding(value: object) -> str | None:
    fields = {"kind": DISAGREEMENT_KINDS, "severity": SEVERITIES}
    if not isinstance(value, dict) or set(value) != {*fields, "what"}:
        return "needs as its value an object with kind, severity and what"
    wrong = [name for name, choices in fields.items() if value[name] not in choices]
    return f"has no {wrong[0]} that is known" if wrong else _expect_text(value["what"])


CLAIM_FIELDS = {
    "speaker": _expect_text_or_nothing,
    "stance": _expect_one_of(STANCES),
    "modality": _expect_one_of(MODALITIES),
    "negated": _expect_flag,
}
ACTIONS = {
    "publisher": Action("article", "editing", 0, _expect_text),
    "published": Action("article", "editing", 0, _expect_day),
    **{name: Action("claim", "editing", 1, check) for name, check in CLAIM_FIELDS.items()},
    "value": Action("claim", "editing", 1, _expect_text_or_nothing),
    NO_CLAIM: Action("claim", "moderating", 1, _expect_nothing),
    ADD_CLAIM: Action("claim", "identifying", 1, _expect_claim),
    f"{SAME} (names)": Action("name", "linking", 2, _expect_nothing),
    f"{DIFFERENT} (names)": Action("name", "linking", 2, _expect_nothing),
    f"{SAME} (claims)": Action("pair", "linking", 2, _expect_nothing),
    f"{DIFFERENT} (claims)": Action("pair", "linking", 2, _expect_nothing),
    DISMISS: Action("finding", "moderating", 2, _expect_nothing),
    CONFIRM: Action("finding", "assessing", 2, _expect_nothing),
    "kind": Action("finding", "editing", 2, _expect_one_of(DISAGREEMENT_KINDS)),
    "severity": Action("finding", "editing", 2, _expect_one_of(SEVERITIES)),
    ADD_FINDING: Action("finding", "identifying", 2, _expect_finding),
    NOTE: Action("note", "commenting", 0, _expect_nothing),
    WITHDRAW: Action("", "moderating", 0, _expect_text),
}
ABOUT = ("article", "claim", "name", "pair", "finding", "note")


@dataclass(frozen=True)
class Target:
    """One place as a review records it: the article by id and digest, the selectors, and the side of a finding."""

    article: str
    digest: str
    side: str
    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    unique: bool = False


@dataclass(frozen=True)
class Review:
    """One line of the record, read and checked."""

    line: int
    key: str
    created: str
    creator: str
    about: str
    action: str
    body: dict
    targets: tuple[Target, ...]

    @property
    def value(self) -> object:
        return self.body.get("value")


def read_review(line: int, content: dict) -> Review:
    """Read an annotation as a review; one of another tool, whose body is a text, is a note. Raises ReviewError."""
    if content.get("type") not in ("Annotation", ["Annotation"]):
        raise ReviewError("no Web Annotation: its type is not «Annotation»")
    body = _read_body(content.get("body"))
    action = body["action"]
    known = ACTIONS.get(action)
    if known is None:
        near = difflib.get_close_matches(str(action), ACTIONS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(ACTIONS)}"
        raise ReviewError(f"the action {action!r} is unknown; {hint}")
    about = known.about or body.get("about")
    if about not in ABOUT or body.get("about", about) != about:
        raise ReviewError(f"the action {action!r} is not about {body.get('about')!r}")
    fault = known.check(body.get("value"))
    if fault:
        raise ReviewError(f"the action {action!r} {fault}")
    targets = tuple(_read_target(target) for target in _list(content.get("target")))
    _check_targets(action, known, body, targets)
    key = content.get("id")
    if not (isinstance(key, str) and key):
        raise ReviewError("an annotation needs an id")
    return Review(
        line, key, _read_time(content.get("created")), _name(content.get("creator")), about, action, body, targets
    )


def _read_body(body: object) -> dict:
    if isinstance(body, dict) and "action" in body:
        why = body.get("why")
        if why is not None and not (isinstance(why, str) and len(why) <= LONGEST):
            raise ReviewError("«why» is no text, or too long")
        return body
    texts = [
        part if isinstance(part, str) else part.get("value") for part in _list(body) if isinstance(part, str | dict)
    ]
    return {"about": NOTE, "action": NOTE, "why": " ".join(text for text in texts if isinstance(text, str))[:LONGEST]}


def _check_targets(action: str, known: Action, body: dict, targets: Sequence[Target]) -> None:
    placed = [target for target in targets if target.exact is not None]
    if known.about == "article" and len(targets) != 1:
        raise ReviewError(f"the action {action!r} needs one article as its target")
    if known.about == "finding":
        finding = body.get("finding") if action != ADD_FINDING else body.get("value")
        if _expect_finding(finding):
            raise ReviewError(f"the action {action!r} needs under «finding» its kind, severity and what")
        if len({target.side for target in targets}) < known.places or not placed:
            raise ReviewError(f"the action {action!r} needs the places of both sides")
    elif len(placed) < known.places or (known.places and len(targets) > known.places):
        raise ReviewError(f"the action {action!r} needs {known.places} {'place' if known.places == 1 else 'places'}")


def _read_target(target: object) -> Target:
    if isinstance(target, str):
        return Target(target, "", "a")
    if not isinstance(target, dict) or not isinstance(target.get("source"), str | dict):
        raise ReviewError("a target needs a source")
    source = target["source"] if isinstance(target["source"], dict) else {"id": target["source"]}
    article, digest = source.get("article") or source.get("id"), source.get("sha256") or ""
    if not (isinstance(article, str) and isinstance(digest, str)):
        raise ReviewError("the source of a target names no article")
    return _read_place(article, digest, target)


def _read_place(article: str, digest: str, target: dict) -> Target:
    selectors = [part for part in _list(target.get("selector")) if isinstance(part, dict)]
    quote = next((part for part in selectors if part.get("type") == "TextQuoteSelector"), None)
    position = next((part for part in selectors if part.get("type") == "TextPositionSelector"), {})
    side = str(target.get("side") or "a")
    if quote is None and selectors:
        raise ReviewError("a place needs a TextQuoteSelector")
    if quote is None:
        return Target(article, digest, side)
    texts = [quote.get("exact"), quote.get("prefix", ""), quote.get("suffix", "")]
    if not all(isinstance(text, str) for text in texts) or not texts[0].strip():
        raise ReviewError("a TextQuoteSelector needs «exact», with texts for «prefix» and «suffix»")
    places = [
        place if isinstance(place, int) and place >= 0 else None
        for place in (position.get("start"), position.get("end"))
    ]
    return Target(article, digest, side, *places, *texts, target.get("unique") is True)


def _list(part: object) -> list:
    return part if isinstance(part, list) else [] if part is None else [part]


def _read_time(created: object) -> str:
    """Read a time and give it in UTC, so that times compare as texts; empty where an annotation has none."""
    if created is None:
        return ""
    try:
        time = datetime.fromisoformat(created)
    except (TypeError, ValueError):
        raise ReviewError(f"«created» is no time: {created!r}") from None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


def _name(creator: object) -> str:
    found = creator.get("name") or creator.get("id") if isinstance(creator, dict) else creator
    return " ".join(found.split())[:200] if isinstance(found, str) and found.strip() else "somebody"


def make_annotation(action: str, targets: Sequence[dict], creator: str, *, about: str = "", **told: object) -> dict:
    """Make the annotation of a review made now. `told` are further parts of its body: `value`, `was`, `why`, `finding`."""
    known = ACTIONS[action]
    body = {"type": "Review", "about": about or known.about, "action": action}
    body |= {name: value for name, value in told.items() if value is not None or name == "value"}
    if "value" in body and body["value"] is None and known.check is _expect_nothing:
        del body["value"]
    annotation = {
        "@context": CONTEXT, "id": f"urn:uuid:{uuid.uuid4()}", "type": "Annotation", "motivation": known.motivation,
        "creator": {"type": "Person", "name": creator}, "created": datetime.now(UTC).isoformat(timespec="microseconds"),
        "body": body, **({"target": list(targets)} if targets else {}),
    }  # fmt: skip
    read_review(0, annotation)
    return annotation
