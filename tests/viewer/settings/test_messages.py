"""What the parts without a screen say comes to the window with its values, and every template to the translator."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from livefollow.errors import DeviceError, Message, ScoreError
from livefollow.viewer.library.opening import Openings
from livefollow.viewer.settings import messages
from livefollow.viewer.settings.messages import in_language

ROOT = Path(messages.__file__).parents[3]
LIST_MESSAGES = ROOT / "packaging" / "list_messages.py"


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the translator is given."""
    out = tmp_path_factory.mktemp("messages") / "messages.py"
    subprocess.run([sys.executable, str(LIST_MESSAGES), str(out)], check=True)
    calls = [node.value for node in ast.parse(out.read_text(encoding="utf-8")).body if isinstance(node, ast.Expr)]
    return [ast.literal_eval(call.args[1]) for call in calls if isinstance(call, ast.Call)]


def test_templates_of_every_kind_are_found(templates: list[str]) -> None:
    assert "{name} is encrypted; give its password." in templates  # an error
    assert "the microphone sends digital silence: is it muted?" in templates  # a status
    assert "{name} is damaged; some of its music may be missing." in templates  # a warning
    assert "a single staff stands alone" in templates  # a doubt
    assert "Something went wrong inside ({reason}); the log says more." in templates  # a session's
    assert "{name} shows no staff systems: there is nothing to follow." in templates  # what the window says instead


def test_a_template_that_is_put_together_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "livefollow"
    package.mkdir()
    (tmp_path / "packaging").mkdir()
    script = tmp_path / "packaging" / LIST_MESSAGES.name
    script.write_text(LIST_MESSAGES.read_text(encoding="utf-8"), encoding="utf-8")
    (package / "a.py").write_text(
        'def f(x):\n    raise ScoreError(f"{x} is odd.")\nclass ScoreError(LivefollowError): ...\n'
    )
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "out.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "a.py:2" in done.stderr


def test_in_the_window_nothing_is_said_of_the_command_line(templates: list[str]) -> None:
    for template in templates:
        assert not re.search(r"`|--|\b(sudo|apt|pip)\b", template), template


def test_what_helps_on_the_command_line_is_said_there_alone() -> None:
    error = ScoreError("{name} is bare; see `livefollow strip`.", in_window="{name} is bare.", name="a.pdf")
    assert str(error) == "a.pdf is bare; see `livefollow strip`."
    assert in_language(error.message) == "a.pdf is bare."


def test_a_sentence_begins_with_a_capital_unless_it_begins_with_a_name() -> None:
    assert in_language(Message("the microphone sends digital silence: is it muted?")).startswith("The microphone")
    assert in_language(Message("{name} is empty; try another copy.", name="prelude.pdf")).startswith("prelude.pdf")


def test_a_sentence_that_is_no_message_is_said_as_it_is() -> None:
    assert in_language("something {else}") == "something {else}"
    assert in_language("") == ""


def test_signals_carry_the_values_to_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    openings = Openings(None, None)  # type: ignore[arg-type]  # asks nothing here
    with qtbot.waitSignal(openings.failed) as said:
        openings.open(tmp_path / "a {b}.pdf")
    openings.stop()
    assert said.args is not None
    (message,) = said.args
    assert isinstance(message, Message)
    assert message.values == {"name": str(tmp_path / "a {b}.pdf")}


def test_a_reason_is_kept_as_its_message_alone() -> None:
    inner = DeviceError("it is not there")
    outer = DeviceError("{name} does not open: {reason}", name="USB", reason=inner)
    assert outer.message.values["reason"] is inner.message
