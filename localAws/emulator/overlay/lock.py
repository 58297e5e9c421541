"""One lock for all code that reads or changes moto's state: moto's dictionaries have no locks."""

import threading

LOCK = threading.RLock()
