"""This process's own settings, and the processes that it started."""

import os
import shutil
import signal
import subprocess
import threading
from pathlib import Path

#: Where this emulator listens.
endpoint = ""
#: The Node.js that runs Lambda functions, and the folder with the packages of Lambda's runtime.
node, node_path = "node", ""
#: A folder for files that are removed when this process ends.
scratch = Path()

_children: set[subprocess.Popen] = set()
_lock = threading.Lock()


def configure(its_endpoint: str, its_node: str, its_node_path: str, its_scratch: Path) -> None:
    global endpoint, node, node_path, scratch
    endpoint, node, node_path, scratch = its_endpoint, its_node, its_node_path, its_scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)


def start(arguments: list[str], **options) -> subprocess.Popen:
    """Starts a process in its own process group; it ends with the emulator at the latest."""
    child = subprocess.Popen(arguments, start_new_session=True, **options)
    with _lock:
        _children.add(child)
    return child


def end(child: subprocess.Popen) -> None:
    """Ends a process and all processes that it started."""
    with _lock:
        _children.discard(child)
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # The process group has ended already.


def stop() -> None:
    for child in list(_children):
        end(child)
    shutil.rmtree(scratch, ignore_errors=True)
