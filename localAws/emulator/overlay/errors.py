"""AWS errors from the overlay's code."""

import warnings

from moto.core.exceptions import ServiceException

# moto warns of errors that botocore's model of the service does not list; AWS returns more than are listed.
warnings.filterwarnings("ignore", message=r"Exception\(OverlayError\)")


def aws_error(service: str, code: str, message: str) -> ServiceException:
    """An error that moto writes in the service's own wire format, which it takes from the exception's module."""
    kind = type("OverlayError", (ServiceException,), {"__module__": f"moto.{service}.exceptions"})
    error: ServiceException = kind(code, message)
    return error
