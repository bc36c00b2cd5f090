"""The house: every package is installed, no folder is a heap, nothing imports in a circle."""

import ast
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
MOST_MODULES = 25  # in one folder
FEWEST_WORDS = 3  # of a docstring
# Beginnings of paths with shorter docstrings still.
UNDOCUMENTED = ("follow/hmm/tempo_filter",)


def test_every_package_is_installed() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    there = {str(p.parent.relative_to(ROOT)).replace("/", ".") for p in ROOT.glob("livefollow/**/__init__.py")}
    elsewhere = {"livefollow.models": "models", "livefollow.demo_piece": "assets/demo"}
    assert set(setuptools["packages"]) == there | set(elsewhere)
    assert setuptools["package-dir"] == elsewhere


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {p.parent for p in ROOT.glob("livefollow/**/*.py")}
    assert [str(f) for f in folders if not (f / "__init__.py").is_file()] == []


def test_no_folder_has_too_many_modules() -> None:
    folders = [p.parent for p in ROOT.glob("livefollow/**/__init__.py")]
    assert [str(f) for f in folders if len(list(f.glob("*.py"))) - 1 > MOST_MODULES] == []


def test_no_import_goes_in_a_circle() -> None:
    graph = grimp.build_graph("livefollow", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    while leaves := [module for module, others in imports.items() if not others & imports.keys()]:
        for module in leaves:
            del imports[module]
    # What only imports what is in a circle is no part of it.
    while roots := [m for m in imports if not any(m in others for others in imports.values())]:
        for module in roots:
            del imports[module]
    assert sorted(imports) == []


def test_learning_from_the_paper_loads_no_engraver() -> None:
    code = (
        "import sys\n"
        "try:\n    import torch\nexcept ImportError:\n    sys.exit(0)\n"
        "from livefollow.cli.main import main\n"
        "try:\n    main(['train', 'ppo', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(*sorted(m for m in sys.modules if m.startswith('livefollow.train') or m == 'verovio'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split() if done.stdout else []
    assert [m for m in loaded if m == "verovio" or m.startswith("livefollow.train.data.engraving")] == []


def test_every_public_class_has_a_name_of_its_own() -> None:
    where = defaultdict(list)
    for path in sorted(ROOT.glob("livefollow/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in where.items() if len(paths) > 1} == {}


def test_docstrings_say_something() -> None:
    short = []
    for path in sorted((ROOT / "livefollow").rglob("*.py")):
        name = path.relative_to(ROOT / "livefollow").as_posix()
        if name.startswith(UNDOCUMENTED):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text is not None and len(text.splitlines()[0].split()) < FEWEST_WORDS:
                    short.append(f"{name}: {text.splitlines()[0]}")
    assert short == []
