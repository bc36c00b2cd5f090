"""Encrypted scores."""

import subprocess
import sys
from pathlib import Path

PASSWORD = "Für Elise"
ENCRYPT = (
    "import pymupdf, sys; pymupdf.open(sys.argv[1]).save(sys.argv[2], "
    "encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=sys.argv[3], owner_pw='x')"
)


def encrypt(pdf: Path, out: Path) -> Path:
    """Write a PDF that asks for PASSWORD; MuPDF never runs in this process."""
    subprocess.run([sys.executable, "-c", ENCRYPT, str(pdf), str(out), PASSWORD], check=True)
    return out
