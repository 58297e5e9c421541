"""AWS's errors, raised by the overlay."""

import warnings

from moto.core.exceptions import ServiceException

# moto warns about errors that botocore's model of the service does not list; AWS returns more than the model lists.
warnings.filterwarnings("ignore", message=r"Exception\(OverlayError\)")


def aws_error(service: str, code: str, message: str) -> ServiceException:
    """An error that moto serializes in the service's wire format. moto finds the service by the exception's module."""
    kind = type("OverlayError", (ServiceException,), {"__module__": f"moto.{service}.exceptions"})
    error: ServiceException = kind(code, message)
    return error
