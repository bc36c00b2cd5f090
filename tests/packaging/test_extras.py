"""`make test` on a fresh machine: it installs what it is asked for, and passes without torch."""

import os
import subprocess
import sys
from pathlib import Path

from tests.optional import needs_program

ROOT = Path(__file__).parents[2]


WITHOUT_TORCH = """
import sys, pytest

class Missing:
    def find_spec(self, name, *_):
        if name.split(".")[0] in ("torch", "tensorboard"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
sys.exit(pytest.main(["--collect-only", "-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def test_tests_are_collected_without_what_the_extra_dev_lacks() -> None:
    folders = [f"tests/{name}" for name in ("train", "follow", "features", "evaluate")]  # all others never use `train`
    asked = [sys.executable, "-c", WITHOUT_TORCH, *folders]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_other_extras_or_another_runtime_are_installed(tmp_path: Path) -> None:
    def steps(**options: str) -> list[str]:
        told = [f"{name}={value}" for name, value in ({"VENV": str(tmp_path), "RUNTIME": "cpu"} | options).items()]
        asked = ["make", "-n", "lint", *told]
        # What the make that runs these tests was told is not for this one.
        own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "EXTRAS"}
        made = subprocess.run(asked, cwd=ROOT, env=own, capture_output=True, text=True, check=True)
        return made.stdout.splitlines()

    needs_program("make")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    stamps = [Path(line.removeprefix("touch ")) for line in steps() if line.startswith("touch ")]
    for stamp in stamps:
        stamp.touch()
    assert stamps
    assert not any("pip install" in line for line in steps())
    assert any("pip install" in line and "[cpu,dev,train]" in line for line in steps(EXTRAS="dev,train"))
    assert any("pip install" in line and "[gpu,dev]" in line for line in steps(RUNTIME="gpu"))
    assert any("pip uninstall" in line and "onnxruntime-gpu" not in line for line in steps(RUNTIME="gpu"))
