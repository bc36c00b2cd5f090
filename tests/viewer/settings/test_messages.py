"""No sentence is said to the player that could not be said in his language."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from livefollow.viewer.settings import messages
from livefollow.viewer.settings.messages import in_language, is_known

ROOT = Path(messages.__file__).parents[3]
ERRORS = ("ScoreError", "PasswordError", "DeviceError", "AudioError", "RecordingError")
SPEAKERS = [
    *(path for name in ("score", "audio") for path in sorted((ROOT / "livefollow" / name).glob("*.py"))),
    ROOT / "livefollow" / "follow" / "agent.py",
    *(
        ROOT / "livefollow" / "viewer" / f"{name}.py"
        for name in ("practice/recorder", "practice/playback", "library/setlist", "library/setlist_panel")
    ),
]


def spoken(text: ast.expr, module: ModuleType) -> str:
    """A sentence of the code, with constants of its module and `…` for what is not known before it is said."""
    if isinstance(text, ast.Constant):
        return str(text.value)
    assert isinstance(text, ast.JoinedStr)
    parts = []
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            constant = isinstance(part.value, ast.Name) and part.value.id.isupper()
            parts.append(str(getattr(module, part.value.id)) if constant else "…")
        else:
            parts.append(spoken(part, module))
    return "".join(parts)


def said_by(path: Path) -> Iterator[str]:
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            yield spoken(node.args[0], module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_warn":
            yield spoken(node.args[0], module)
        if isinstance(node, ast.Assign) and re.search("_note|_substitute|trouble$", ast.unparse(node.targets[0])):
            choices = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            yield from (spoken(text, module) for text in choices if isinstance(text, ast.JoinedStr | ast.Constant))


@pytest.mark.parametrize("path", SPEAKERS, ids=lambda p: p.name)
def test_every_sentence_is_known(path: Path) -> None:
    unknown = [said for said in said_by(path) if len(said.split()) > 2 and not is_known(said)]
    # Page … …: each of its endings is listed by itself.
    assert [said for said in unknown if not said.startswith("Page …")] == []


def test_sentences_are_recognised_with_what_is_in_them() -> None:
    said = "/a {b}; c/d.pdf cannot be read (it is (odd)); check its permissions."
    assert in_language(said) == said
    assert is_known(said)
    assert not is_known("something else")
    assert in_language("something {else}") == "something {else}"


def test_in_the_window_nothing_is_said_of_the_command_line() -> None:
    for source in (*messages.SENTENCES, *messages.IN_WINDOW):
        said = in_language(re.sub(r"\{\w+\}", "7", source))
        assert not re.search(r"`|--|\b(sudo|apt|pip)\b", said), said


def test_a_sentence_begins_with_a_capital_unless_it_begins_with_a_name() -> None:
    assert in_language("the microphone sends digital silence: is it muted?").startswith("The microphone")
    assert in_language("prelude.pdf is empty; try another copy.").startswith("prelude.pdf")
