"""`python -m overlay`: the emulator's process."""

import argparse
from pathlib import Path

from . import environment


def main() -> None:
    parser = argparse.ArgumentParser(prog="overlay")
    parser.add_argument("--port", type=int, required=True, help="TCP port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--version", required=True, help="version of the sources that start this process")
    parser.add_argument(
        "--state-file", type=Path, required=True, help="written when the process listens, removed when it ends"
    )
    parser.add_argument("--node", default="node", help="Node.js that runs Lambda functions")
    parser.add_argument(
        "--node-path", default="", help="node_modules folder with the packages of Lambda's runtime"
    )
    parser.add_argument("--end-with", type=int, help="process id; the emulator ends when that process does")
    arguments = parser.parse_args()
    environment.prepare()
    # These import moto, which reads its environment at that moment.
    from .gaps import close_all
    from .fast_imports import import_fast

    import_fast(close_all)
    from .server import serve

    serve(arguments)


if __name__ == "__main__":
    main()
