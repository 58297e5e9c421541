"""One lock for everything that reads or changes moto's state: moto's own dictionaries know none."""

import threading

LOCK = threading.RLock()
