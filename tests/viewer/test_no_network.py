"""The whole app, on a score and a recording, opens no socket to anywhere."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
DEMO = REPOSITORY / "assets" / "demo"
PROTOCOLS = ("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "icmp6", "udplite", "udplite6")
# The app as its command starts it, which says what sockets Python makes, and ends after some seconds of following.
PROGRAM = """
import socket
import sys

def told(event, args):
    if event == "socket.__new__" and args[1] in (socket.AF_INET, socket.AF_INET6):
        print("SOCKET", args, flush=True)
    elif event in ("socket.connect", "socket.bind", "socket.sendto"):
        if args[0].family in (socket.AF_INET, socket.AF_INET6):
            print("SOCKET", args, flush=True)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        print("SOCKET", args, flush=True)

sys.addaudithook(told)

from PyQt6.QtCore import QTimer
from livefollow import cli
from livefollow.viewer import window

class Watched(window.MainWindow):
    def __init__(self, *args):
        super().__init__(*args)
        self.positioned.connect(self.end_soon)
        self.ends = False

    def end_soon(self):
        if not self.ends:
            self.ends = True
            print("FOLLOWS", flush=True)
            QTimer.singleShot(3000, self.close)

window.MainWindow = Watched
sys.exit(cli.main(sys.argv[1:]))
"""


def network_inodes(pid: int) -> set[str]:
    """Inodes of all sockets but local ones in the network namespace of a process."""
    found = set()
    for protocol in PROTOCOLS:
        table = Path(f"/proc/{pid}/net/{protocol}")
        if table.exists():
            found |= {line.split()[9] for line in table.read_text().splitlines()[1:]}
    return found


def sockets_of(pid: int) -> set[str]:
    """Inodes of the sockets that a process and its children have open."""
    found: set[str] = set()
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            target = str(link.readlink())
            if target.startswith("socket:["):
                found.add(target[8:-1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has just ended
        return found
    return found.union(*(sockets_of(int(child)) for child in children))


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="reads /proc")
def test_no_socket_leads_out_of_the_machine(tmp_path: Path) -> None:
    homes = {f"XDG_{kind}_HOME": str(tmp_path) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    app = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--score", str(DEMO / "score.pdf"), "--audio", str(DEMO / "performance.ogg")],
        env=os.environ | homes | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen: set[str] = set()
    try:
        deadline = time.monotonic() + 120
        while app.poll() is None and time.monotonic() < deadline:
            seen |= sockets_of(app.pid) & network_inodes(os.getpid())
            time.sleep(0.05)
        assert app.stdout
        said = app.stdout.read()
    finally:
        app.kill()
        app.wait()
        app.stdout.close()
    assert app.returncode == 0
    assert said.splitlines() == ["FOLLOWS"]
    assert seen == set()


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="reads /proc")
def test_a_socket_would_be_seen() -> None:
    import socket

    with socket.socket(socket.AF_INET) as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        assert sockets_of(os.getpid()) & network_inodes(os.getpid())
