"""Lists the templates of all messages that the window may show, as Python that `pylupdate6` reads: it knows only `tr`.

    python packaging/list_messages.py build/messages.py

The first argument of `Message`, and of every error of livefollow, must be a literal, or nothing could be translated:
what is not is refused. The command line alone says what stands in the packages and files that are left out.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "livefollow"
CONTEXT = "sentences"  # as in viewer/settings/messages.py
ROOT = "LivefollowError"
NOT_SHOWN = ("app.py", "cli", "draw", "evaluate", "train", "viewer/desktop/display.py")


def shown_sources() -> list[Path]:
    """The files whose messages may come to the window."""
    left_out = [SOURCES / name for name in NOT_SHOWN]
    files = sorted(SOURCES.rglob("*.py"))
    return [file for file in files if not any(file == out or out in file.parents for out in left_out)]


def speaking_classes(trees: Iterable[ast.AST]) -> set[str]:
    """`Message`, and the names of all classes that come from `LivefollowError`."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    errors = {ROOT}
    while more := {name for name, above in bases.items() if above & errors} - errors:
        errors |= more
    return errors | {"Message"}


def templates(tree: ast.AST, names: set[str], where: str) -> Iterator[str]:
    """The templates in one file: what the window shows of each message.

    Raises:
        SystemExit: one is put together where it is said.
    """
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args):
            continue
        in_window = [keyword.value for keyword in node.keywords if keyword.arg == "in_window"]
        template = (in_window or node.args)[0]
        if isinstance(template, ast.Constant) and isinstance(template.value, str):
            yield template.value
        elif isinstance(template, ast.JoinedStr | ast.BinOp | ast.IfExp):
            sys.exit(f"{where}:{node.lineno}: a template is one literal: its values are arguments")


def main(out: Path) -> None:
    """Write them, each once, in order of the files."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in shown_sources()}
    names = speaking_classes(trees.values())
    found = [text for file, tree in trees.items() for text in templates(tree, names, str(file))]
    lines = [f"QT_TRANSLATE_NOOP({CONTEXT!r}, {text!r})\n" for text in dict.fromkeys(found)]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
