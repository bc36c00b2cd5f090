import ast
from dataclasses import fields
from pathlib import Path

import pytest

import livefollow.follow.hmm
from livefollow.follow.hmm.settings import DEFAULTS, Settings

ARITHMETIC = {0, 1, 2}
MODULES = sorted(set(Path(livefollow.follow.hmm.__file__).parent.glob("*.py")))


@pytest.mark.parametrize("module", [m for m in MODULES if m.stem != "settings"], ids=lambda m: m.stem)
def test_no_number_stands_bare_in_the_code(module):
    functions = [n for n in ast.walk(ast.parse(module.read_text())) if isinstance(n, ast.FunctionDef)]
    bare = {
        (node.lineno, node.value)
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in ARITHMETIC
    }
    assert not bare, "a number without a name, line and value"


@pytest.mark.parametrize("group", [f.name for f in fields(Settings)])
def test_every_number_has_a_unit_a_source_and_a_meaning(group):
    for number in fields(getattr(DEFAULTS, group)):
        assert all(number.metadata[key] for key in ("unit", "source", "meaning")), number.name
        assert number.type in ("int", "float")
