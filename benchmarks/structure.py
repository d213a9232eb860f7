"""Count what shows the shape of the house: modules a folder, who imports whom, how long and how branched functions are.

    structure.py [--root DIR] [--long] [--branched]

A chain of imports is the longest way from module to module by the imports at their heads (those inside functions are made when they are
needed, and not counted). The face of a package that only passes names on is no link: who imports from it depends on the modules that these
names are from. A face that does more, such as a list of readings, is a module like any other. The word lists and the contract of the tables are
leaves, which everybody may know: each counts as the last module of a way and is not followed further. Complexity is counted as radon does: one for a function, and one more for every branch,
loop, handler, assertion, condition of a comprehension and further operand of `and` or `or`. The options list what stands behind a count.
"""

from __future__ import annotations

import argparse
import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LONG, BRANCHED = 40, 21
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LEAVES = ("helpers.language.lexicons", "helpers.tables")


class Function(NamedTuple):
    """A function or method: where it stands, its lines and its complexity."""

    module: str
    name: str
    line: int
    lines: int
    complexity: int


def read_modules(source: Path) -> dict[str, ast.Module]:
    """Parse every module below a folder of sources, by its dotted name; a package goes by its own."""
    found = {}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def count_folders(source: Path) -> Counter[str]:
    """Count the modules of each folder, its `__init__` left out."""
    paths = [path for path in source.rglob("*.py") if path.name != "__init__.py"]
    return Counter(path.parent.relative_to(source).as_posix() for path in paths)


def find_imports(modules: dict[str, ast.Module], inside: bool = False) -> dict[str, set[str]]:
    """Give the modules that each module imports at its head, with `inside` also in its functions; a face imports nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules.items():
        for node in [] if is_face(name, modules) else ast.walk(tree) if inside else _walk_head(tree):
            found[name] |= {imported for imported in _name_imported(node, modules) if imported != name}
    return found


def _walk_head(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, FUNCTIONS) and not _is_for_types(node):
            yield node
            yield from _walk_head(node)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def _name_imported(node: ast.AST, modules: dict[str, ast.Module]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in modules)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            member = f"{node.module}.{alias.name}"
            if member in modules:
                yield member
            elif node.module in modules:
                yield from _look_behind(node.module, alias.name, modules)


def _look_behind(module: str, name: str, modules: dict[str, ast.Module]) -> Iterator[str]:
    """Give the module that a name is from: behind a face that only passes names on, where the face has it from."""
    if not is_face(module, modules):
        yield module
        return
    for node in modules[module].body:
        if isinstance(node, ast.ImportFrom) and any((alias.asname or alias.name) == name for alias in node.names):
            yield from _name_imported(ast.ImportFrom(node.module, [ast.alias(name)], 0), modules)


def is_face(name: str, modules: dict[str, ast.Module]) -> bool:
    """Say whether a module is a package that only passes on what others hold: a docstring, imports, the list of its names."""
    passes_on = all(
        isinstance(node, (ast.Import, ast.ImportFrom)) or _is_text_or_list(node) for node in modules[name].body
    )
    return passes_on and any(other.startswith(f"{name}.") for other in modules)


def _is_text_or_list(node: ast.stmt) -> bool:
    names = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
    return names == ["__all__"] or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def find_longest_chain(imports: dict[str, set[str]]) -> list[str]:
    """Give the longest way from module to module; a leaf ends it, and so does a module that is on the way already."""

    @cache
    def follow(name: str) -> tuple[str, ...]:
        open_names.add(name)
        further = () if name in LEAVES else sorted(imports.get(name, ()))
        ways = [follow(other) for other in further if other not in open_names]
        open_names.discard(name)
        return (name, *max(ways, key=len, default=()))

    open_names: set[str] = set()
    return list(max(map(follow, sorted(imports)), key=len, default=()))


def find_functions(modules: dict[str, ast.Module]) -> list[Function]:
    """List every function and method with its length and its complexity."""
    return [
        Function(
            module, node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1, measure_complexity(node)
        )
        for module, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    ]


def measure_complexity(function: ast.AST) -> int:
    """Count the ways through a function; those of a function inside of it are its own."""
    count = 1
    pending = list(ast.iter_child_nodes(function))
    while pending:
        node = pending.pop()
        count += _count_branches(node)
        if not isinstance(node, (*FUNCTIONS, ast.Lambda)):
            pending += ast.iter_child_nodes(node)
        elif isinstance(node, ast.Lambda):
            pending.append(node.body)
    return count


def _count_branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    if isinstance(node, (ast.For, ast.While, ast.AsyncFor, ast.Try)):
        return int(not isinstance(node, ast.Try)) + bool(node.orelse)
    return int(isinstance(node, BRANCHES))


def print_structure(root: Path, options: argparse.Namespace) -> None:
    """Print the figures, and what stands behind them where it is asked for."""
    source = root / "src"
    modules = read_modules(source)
    imports = find_imports(modules)
    all_imports = find_imports(modules, inside=True)
    importers = Counter(name for imported in all_imports.values() for name in imported)
    functions = find_functions(modules)
    chain = find_longest_chain(imports)
    single = [name for name in modules if importers[name] == 1]
    long = sorted((f for f in functions if f.lines > LONG), key=lambda f: -f.lines)
    branched = sorted((f for f in functions if f.complexity >= BRANCHED), key=lambda f: -f.complexity)
    folders = count_folders(source)
    print(f"modules {len(modules)}, in the fullest folder {max(folders.values())}")
    for folder, count in sorted(folders.items()):
        print(f"  {folder:36} {count:3}")
    print("\n  ".join([f"longest chain of imports {len(chain)}", *chain]))
    print(f"  with the imports inside functions {len(find_longest_chain(all_imports))}")
    print(f"modules with one importer {len(single)}")
    print(f"functions {len(functions)}, over {LONG} lines {len(long)}")
    print("".join(f"  {f.module}:{f.line} {f.name} {f.lines}\n" for f in long if options.long), end="")
    print(f"functions of complexity {BRANCHED} and more {len(branched)}")
    print("".join(f"  {f.module}:{f.line} {f.name} {f.complexity}\n" for f in branched if options.branched), end="")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout of the suite")
    for name in ("long", "branched"):
        parser.add_argument(f"--{name}", action="store_true")
    print_structure((options := parser.parse_args()).root, options)


if __name__ == "__main__":
    main()
