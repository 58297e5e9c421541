"""The HTTP server: our management API under `/_local/`, moto's services under every other path."""

import argparse
import errno
import json
import os
import signal
import socket
import sys
import threading
import time
import uuid
from pathlib import Path
from types import FrameType

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import ThreadedWSGIServer

from . import runtime
from .management import Management

#: Exit status when another program uses the port.
PORT_IN_USE = 98


class _Server(ThreadedWSGIServer):
    daemon_threads = True


class _QuietHandler(MotoRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Logs nothing: method and path are the same for most of AWS. `gaps/requests.py` logs what failed."""


def listen(port: int) -> socket.socket:
    """Listens on the port, or ends this process when another process uses the port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(PORT_IN_USE)
    # The length of the queue of waiting connections: the default drops connections of a class of students.
    listener.listen(1024)
    return listener


def serve(arguments: argparse.Namespace) -> None:
    """Answers on 127.0.0.1 until SIGTERM or SIGINT."""
    listener = listen(arguments.port)
    boot_id = str(uuid.uuid4())
    management = Management(boot_id, arguments.version, DomainDispatcherApplication(create_backend_app))
    server = _Server("127.0.0.1", arguments.port, management, handler=_QuietHandler, fd=listener.fileno())
    runtime.configure(
        f"http://127.0.0.1:{server.port}",
        arguments.node,
        arguments.node_path,
        arguments.state_file.with_name("functions"),
    )
    os.environ["MOTO_PORT"] = str(server.port)
    _stop_on_signals(arguments.state_file)
    if arguments.end_with:
        threading.Thread(target=_stop_with, args=(arguments.end_with,), daemon=True).start()
    _write(
        arguments.state_file,
        {
            "pid": os.getpid(),
            "port": server.port,
            "bootId": boot_id,
            "version": arguments.version,
            "file": str(arguments.state_file),
        },
    )
    server.serve_forever()


def _stop_on_signals(state_file: Path) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        runtime.stop()
        state_file.unlink(missing_ok=True)
        sys.stderr.flush()
        # Each thread serves one request or function: none needs to finish.
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _stop_with(pid: int) -> None:
    """Ends this process when the process `pid` has ended, for any reason."""
    while True:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        except PermissionError:
            # It runs, as another user.
            pass
        time.sleep(0.5)


def _write(path: Path, state: dict) -> None:
    """Writes the whole file at once: a reader never sees half of it."""
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(state))
    temporary.replace(path)
