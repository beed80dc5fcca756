"""What the meta-tests know about the source tree: modules and their imports."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline" / "berufsbild"


@cache
def module_file(name: str) -> Path | None:
    path = PACKAGE.parent / name.replace(".", "/")
    if (path / "__init__.py").is_file():
        return path / "__init__.py"
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else None


@cache
def imports(path: Path) -> frozenset[str]:
    """Every module of ours that a file imports when it runs, lazily or not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found = set()
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("berufsbild"):
            found.add(node.module)
            found |= {
                f"{node.module}.{name.name}"
                for name in node.names
                if module_file(f"{node.module}.{name.name}")
            }
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("berufsbild")}
    return frozenset(found)


def closure(*names: str) -> set[Path]:
    """The files that are read when modules are imported, packages included."""
    seen: set[Path] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        path = module_file(name)
        if path is None or path in seen:
            continue
        seen.add(path)
        parts = name.split(".")
        waiting += [".".join(parts[:end]) for end in range(1, len(parts))]
        waiting += imports(path)
    return seen


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below it."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path
    return found
