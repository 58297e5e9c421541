"""Runs a Lambda function once, in a Node.js process of its own."""

import hashlib
import io
import json
import os
import re
import select
import subprocess
import tempfile
import threading
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from moto.awslambda.models import LambdaFunction
from moto.core.utils import unix_time_millis, utcnow
from moto.moto_api._internal import mock_random

from . import runtime
from .lock import LOCK

_BOOTSTRAP = Path(__file__).with_name("lambda_bootstrap.cjs")
_LOAD_SECONDS = 10
_unpacking = threading.Lock()


@dataclass(frozen=True)
class Outcome:
    request_id: str
    #: The handler's result, or the error's description, as JSON.
    payload: str
    failed: bool
    log: str


def new_request_id() -> str:
    return str(mock_random.uuid4())


def run(function: LambdaFunction, event: str, request_id: str) -> Outcome:
    """Runs the function with the event (JSON) and logs as Lambda does, without holding the lock."""
    stream = f"{utcnow():%Y/%m/%d}/[{function.version}]{mock_random.get_random_hex(32)}"
    with LOCK:
        group = log_group_of(function)
        environment = _environment(function, group, stream)
        handed = json.dumps(
            {
                "event": json.loads(event or "{}"),
                "requestId": request_id,
                "functionArn": function.function_arn,
                "timeoutSeconds": int(function.timeout),
            }
        )
    environment["LAMBDA_TASK_ROOT"] = str(_unpack(function.code_bytes))
    started = time.monotonic()
    payload, failed, printed = _run_node(environment, handed, int(function.timeout), request_id)
    milliseconds = (time.monotonic() - started) * 1000
    log = "\n".join(
        [
            f"START RequestId: {request_id} Version: {function.version}",
            *printed.splitlines(),
            f"END RequestId: {request_id}",
            f"REPORT RequestId: {request_id}\tDuration: {milliseconds:.2f} ms\t"
            f"Billed Duration: {milliseconds:.0f} ms\tMemory Size: {function.memory_size} MB",
        ]
    )
    with LOCK:
        _write_log(function, group, stream, log)
    return Outcome(request_id, payload, failed, log)


def log_group_of(function: LambdaFunction) -> str:
    return (
        _settings(function).get("LoggingConfig", {}).get("LogGroup")
        or f"/aws/lambda/{function.function_name}"
    )


def _settings(function: LambdaFunction) -> dict:
    """The settings that gaps/lambda_settings.py keeps."""
    return getattr(function, "overlay_settings", {})


def _environment(function: LambdaFunction, group: str, stream: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": "/tmp",
        "LANG": "en_US.UTF-8",
        "TZ": "UTC",
        "NODE_NO_WARNINGS": "1",
        "NODE_PATH": runtime.node_path,
        **{name: str(value) for name, value in function.environment_vars.items()},
        "_HANDLER": function.handler,
        "AWS_REGION": function.region,
        "AWS_DEFAULT_REGION": function.region,
        "AWS_ACCESS_KEY_ID": function.account_id,
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_ENDPOINT_URL": runtime.endpoint,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": str(function.version),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_LOG_GROUP_NAME": group,
        "AWS_LAMBDA_LOG_STREAM_NAME": stream,
        "AWS_LAMBDA_LOG_FORMAT": _settings(function).get("LoggingConfig", {}).get("LogFormat", "Text"),
    }


def _unpack(code: bytes) -> Path:
    """The folder with the package's files; each package is unpacked once."""
    folder = runtime.scratch / hashlib.sha256(code).hexdigest()
    with _unpacking:
        if not folder.exists():
            aside = Path(tempfile.mkdtemp(dir=runtime.scratch))
            zipfile.ZipFile(io.BytesIO(code)).extractall(aside)
            aside.rename(folder)
    return folder


def _run_node(
    environment: dict[str, str], handed: str, timeout: int, request_id: str
) -> tuple[str, bool, str]:
    """The outcome, whether it is an error, and the printed text."""
    ready, say_ready = os.pipe()
    with _file(handed) as event, _file() as printed, _file() as outcome:
        child = runtime.start(
            [runtime.node, str(_BOOTSTRAP)],
            stdin=event,
            stdout=printed,
            stderr=subprocess.STDOUT,
            env={**environment, "OVERLAY_READY": str(say_ready), "OVERLAY_OUTCOME": str(outcome.fileno())},
            cwd=environment["LAMBDA_TASK_ROOT"],
            pass_fds=(say_ready, outcome.fileno()),
        )
        os.close(say_ready)
        # Loading the code is not part of the call's time: AWS allows ten more seconds for it.
        select.select([ready], [], [], _LOAD_SECONDS)
        os.close(ready)
        try:
            child.wait(timeout)
            timed_out = False
        except subprocess.TimeoutExpired:
            timed_out = True
        runtime.end(child)
        child.wait()
        text, result = _content(printed), _content(outcome)
    if timed_out:
        message = f"RequestId: {request_id} Error: Task timed out after {timeout}.00 seconds"
        return _error("Sandbox.Timedout", message), True, f"{text}{message}\n"
    if not result:
        message = f"RequestId: {request_id} Error: Runtime exited with error: exit status {child.returncode}"
        return _error("Runtime.ExitError", message), True, f"{text}{message}\n"
    return result, child.returncode != 0, text


def _file(content: str = "") -> IO[bytes]:
    file = tempfile.TemporaryFile(dir=runtime.scratch)
    file.write(content.encode())
    file.seek(0)
    return file


def _content(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _error(kind: str, message: str) -> str:
    return json.dumps({"errorType": kind, "errorMessage": message})


def _write_log(function: LambdaFunction, group: str, stream: str, log: str) -> None:
    logs = function.logs_backend
    logs.ensure_log_group(group)
    logs.create_log_stream(group, stream)
    lines = [{"timestamp": int(unix_time_millis()), "message": line} for line in log.splitlines()]
    logs.put_log_events(group, stream, lines)


def supported(function: LambdaFunction) -> bool:
    """Whether this emulator can run the function: Node.js from a zip file."""
    return function.package_type == "Zip" and bool(re.match(r"nodejs\d+\.x$", function.run_time or ""))
