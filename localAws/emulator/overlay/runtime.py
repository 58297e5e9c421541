"""What the process knows of itself, and the processes that it started."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

#: Where this emulator listens.
endpoint = ""
#: The Node.js that runs Lambda functions, and the folder of packages that Lambda's own runtime brings.
node, node_path = "node", ""
#: A folder for files that end with this process.
scratch = Path()

_children: set[subprocess.Popen] = set()
_lock = threading.Lock()


def configure(its_endpoint: str, its_node: str, its_node_path: str, its_scratch: Path) -> None:
    global endpoint, node, node_path, scratch
    endpoint, node, node_path, scratch = its_endpoint, its_node, its_node_path, its_scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)


def start(arguments: list[str], **options) -> subprocess.Popen:
    """A process in a group of its own, that ends with the emulator at the latest."""
    child = subprocess.Popen(arguments, start_new_session=True, **options)
    with _lock:
        _children.add(child)
    return child


def end(child: subprocess.Popen) -> None:
    """Ends a process and all that it started."""
    with _lock:
        _children.discard(child)
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # It ended by itself, and its group with it.


def stop() -> None:
    for child in list(_children):
        end(child)
    shutil.rmtree(scratch, ignore_errors=True)
