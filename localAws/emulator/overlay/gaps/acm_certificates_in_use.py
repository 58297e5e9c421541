"""Gap: moto deletes a certificate that a listener uses."""

from moto.acm.models import AWSCertificateManagerBackend
from moto.elbv2.models import elbv2_backends

from ..errors import aws_error
from ..patching import replaces


@replaces(AWSCertificateManagerBackend, "delete_certificate")
def _delete_certificate(original, self: AWSCertificateManagerBackend, arn: str):
    balancers = elbv2_backends[self.account_id][self.region_name].load_balancers.values()
    if any(
        arn in [listener.certificate, *(listener.certificates or [])]
        for balancer in balancers
        for listener in balancer.listeners.values()
        if listener.protocol == "HTTPS"
    ):
        raise aws_error(
            "acm", "ResourceInUseException", f"Certificate {arn} in account {self.account_id} is in use."
        )
    return original(self, arn)
