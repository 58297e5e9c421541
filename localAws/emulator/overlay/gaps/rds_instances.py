"""Gap: all database instances have the same resource id. Here each has its own, as on AWS."""

from moto.moto_api._internal import mock_random
from moto.rds.models import DBInstance

from ..patching import replaces

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@replaces(DBInstance, "__init__")
def _with_resource_id(original, self: DBInstance, *args, **kwargs):
    original(self, *args, **kwargs)
    self.dbi_resource_id = "db-" + "".join(mock_random.choice(_ALPHABET) for _ in range(26))
