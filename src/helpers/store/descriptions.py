"""What a story.yaml says of its story, within limits, and to which files its references may lead.

Light on purpose: a run with nothing to do reads descriptions too.
"""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import yaml

NAME = "story.yaml"
SIZE, DEPTH, ALIASES = 2_000_000, 10, 100  # bytes, levels and uses of an anchor that a description may have
LEAVE = "texts_may_leave_this_machine"  # only a plain `true` allows a reader elsewhere to be asked
TOP = ("title", "about", "kind", "articles", "columns", "references", LEAVE)
ARTICLE = ("source", "byline", "title", "published", "published_precision", "url", "note")
PRECISIONS = ("day", "month", "year")
# Folders whose entries may be links: where a suite, or the staging folder of a run, is laid out.
LINKED = ((), ("data",), ("data", "raw"))


class DescriptionError(ValueError):
    """A description breaks a rule; the message is one line that names the line and the key."""


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, which stops at nodes that are nested too deep and at too many aliases."""

    depth = aliases = 0

    def compose_node(self, parent, index):
        """Compose a node as YAML does, counting."""
        mark = self.peek_event().start_mark
        self.aliases += self.check_event(yaml.AliasEvent)
        self.depth += 1
        if self.depth > DEPTH:
            raise _fault(mark, f"nested deeper than {DEPTH} levels")
        if self.aliases > ALIASES:
            raise _fault(mark, f"more than {ALIASES} aliases")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _fault(mark: yaml.Mark | None, what: str) -> DescriptionError:
    line = " ".join(what.split())
    return DescriptionError(f"line {mark.line + 1}: {line}" if mark else line)


def read_description(folder: Path) -> bytes | None:
    """Read the bytes of a folder's story.yaml; None where there is no such file. Raises DescriptionError."""
    path = folder / NAME
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        raise DescriptionError("a link out of the folder")
    with path.open("rb") as file:
        content = file.read(SIZE + 1)
    if len(content) > SIZE:
        raise DescriptionError(f"larger than the limit of {SIZE:,} bytes")
    return content


def parse_description(content: bytes | str) -> dict[str, object]:
    """Read a description: `title, about, kind, articles, columns, references`, whether texts may leave; not what is empty.

    Raises DescriptionError at the first line that is no YAML, at a key that is unknown or stands twice, and at a value
    of the wrong type.
    """
    try:
        loader = _Loader(content)
        root = loader.get_single_node()
        return {} if root is None or _is_empty(root) else _read_top(loader, root)
    except yaml.YAMLError as error:
        raise _fault(getattr(error, "problem_mark", None), getattr(error, "problem", None) or "not YAML") from None


def read_mapping(content: str) -> dict[str, object]:
    """Read a mapping that stands before a text, such as the head of a note, within the limits of descriptions.

    Raises DescriptionError or yaml.YAMLError where it is none.
    """
    loader = _Loader(content)
    root = loader.get_single_node()
    if not isinstance(root, yaml.MappingNode):
        raise DescriptionError("no mapping")
    return {str(key): value for key, value in loader.construct_document(root).items()}


def _read_top(loader: _Loader, root: yaml.Node) -> dict[str, object]:
    readers: dict[str, Callable[[str, yaml.Node], object]] = {
        "articles": lambda key, node: {
            name: {} if _is_empty(inner) else _read_fields(loader, name, inner, ARTICLE)
            for name, inner in _list_entries(key, node)
        },
        "columns": lambda key, node: {name: _read_text(name, inner) for name, inner in _list_entries(key, node)},
        "references": lambda key, node: [_read_reference(loader, entry) for entry in _list_items(key, node)],
        LEAVE: lambda key, node: _read_flag(loader, key, node),
    }
    entries = _list_entries("the description", root, TOP)
    return {key: readers.get(key, _read_text)(key, node) for key, node in entries if not _is_empty(node)}


def _is_empty(node: yaml.Node) -> bool:
    return node.tag == "tag:yaml.org,2002:null"


def _list_entries(what: str, node: yaml.Node, known: tuple[str, ...] = ()) -> Iterator[tuple[str, yaml.Node]]:
    """List the keys and values of a mapping; a key must be a word, stand once and, where some are `known`, be one of them."""
    if not isinstance(node, yaml.MappingNode):
        such = f"such as {{{known[0]}: ...}}" if known else "of names"
        raise _fault(node.start_mark, f"`{what}` must be a mapping {such}")
    seen: set[str] = set()
    for name, value in node.value:
        key = name.value if isinstance(name, yaml.ScalarNode) else ""
        if key in seen or not key:
            raise _fault(name.start_mark, f"`{key}` stands twice" if key else "a key is no word")
        if known and key not in known:
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"
            raise _fault(name.start_mark, f"`{key[:40]}` is no key of `{what}`; {hint}")
        seen.add(key)
        yield key, value


def _list_items(key: str, node: yaml.Node) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _fault(node.start_mark, f"`{key}` must be a list")
    return node.value


def _read_fields(loader: _Loader, what: str, node: yaml.Node, known: tuple[str, ...] = ()) -> dict[str, object]:
    entries = _list_entries(what, node, known)
    found = {key: _read_field(loader, key, inner) for key, inner in entries if not _is_empty(inner)}
    precision = found.get("published_precision")
    if precision not in (None, *PRECISIONS):
        raise _fault(node.start_mark, f"`published_precision` of `{what}` must be {', '.join(PRECISIONS)}")
    return found


def _read_reference(loader: _Loader, entry: yaml.Node) -> object:
    """Read an entry of `references`; what is no mapping stays as it is written, for the row that says so."""
    return entry.value if isinstance(entry, yaml.ScalarNode) else _read_fields(loader, "references", entry)


def _read_flag(loader: _Loader, key: str, node: yaml.Node) -> bool:
    if node.tag != "tag:yaml.org,2002:bool":
        raise _fault(node.start_mark, f"`{key}` must be true or false")
    return loader.construct_object(node)


def _read_field(loader: _Loader, key: str, node: yaml.Node) -> object:
    """Read a value: dates and numbers as such, all else as it is written."""
    text = _read_text(key, node)
    kind = node.tag.rpartition(":")[2]
    if kind not in ("timestamp", "int"):
        return text
    try:
        return loader.construct_object(node)
    except (ValueError, OverflowError):
        what = "date" if kind == "timestamp" else "number"
        raise _fault(node.start_mark, f"`{key}`: {text[:40]} is no possible {what}") from None


def _read_text(key: str, node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _fault(node.start_mark, f"`{key}` must be a word or a sentence, no list or mapping")
    return node.value


def find_referred(file: str, root: Path) -> Path:
    """Find the file that a reference names under `root`; raises DescriptionError where it may not be opened.

    It must be a regular file, and no link may lead out on the way to it: only the folders of which a suite is laid out
    may be links. Nothing is opened here.
    """
    parts = PurePosixPath(file).parts
    if not parts or "\0" in file or re.match(r"[/\\~]|[A-Za-z]:", file) or any(part.startswith(".") for part in parts):
        raise DescriptionError(f"{file[:80]!r} is no place under the folder of the corpus: refused")
    laid_out = [len(place) + 1 for place in LINKED if parts[: len(place)] == place and len(parts) > len(place) + 1]
    top = root.joinpath(*parts[: max(laid_out, default=0)])
    path = root.joinpath(*parts)
    try:
        real = path.resolve(strict=True)
        inside, mode = real.is_relative_to(top.resolve()), real.stat().st_mode
    except RuntimeError:  # links in a circle, before Python 3.13
        raise DescriptionError(f"{file[:80]!r} is a link in a circle: refused") from None
    if not inside:
        raise DescriptionError(f"{file[:80]!r} leads out of the folder of the corpus: refused")
    if not stat.S_ISREG(mode):
        raise DescriptionError(f"{file[:80]!r} is no regular file: refused")
    return real
