"""EC2, whose model has almost no constraints. The pages are below https://docs.aws.amazon.com/AWSEC2/latest/APIReference."""

import base64
import ipaddress
import re
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from moto.ec2.utils import public_key_parse

from .rules import form, rule

_DESCRIPTION = r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}"
_DESCRIPTION_ALLOWED = "Valid descriptions are up to 255 of a-z, A-Z, 0-9, spaces and ._-:/()#,@[]+=&;{}!$*"

# API_CreateSecurityGroup
form("ec2", ("CreateSecurityGroup",), "Description", _DESCRIPTION, _DESCRIPTION_ALLOWED)
form(
    "ec2",
    ("CreateSecurityGroup",),
    "GroupName",
    r"(?!sg-)" + _DESCRIPTION,
    "Up to 255 characters; can't start with sg-.",
)
# API_CreateImage
form(
    "ec2",
    ("CreateImage",),
    "Name",
    r"[a-zA-Z0-9()\[\] ./\-'@_]{3,128}",
    "AMI names are between 3 and 128 characters of letters, digits and ()[] ./-'@_",
)
# API_CreateImage
form("ec2", ("CreateImage",), "Description", r".{0,255}", "Descriptions are up to 255 characters.")
# API_CreateKeyPair, API_ImportKeyPair
form("ec2", ("CreateKeyPair", "ImportKeyPair"), "KeyName", r"[\x20-\x7E]{1,255}", "Up to 255 ASCII characters.")
# API_RunInstances
form("ec2", ("RunInstances",), "ClientToken", r"[\x21-\x7E]{1,64}", "Up to 64 ASCII characters.")

_LONGEST_USER_DATA = 16_384

#: Ranges that a network cannot use.
_UNUSABLE = [ipaddress.ip_network(block) for block in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")]


@rule("ec2", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress")
def _rule_descriptions(values: dict) -> Iterator[str]:
    """API_IpRange: the characters of a rule's description."""
    for permission in values.get("IpPermissions", []):
        for ranges in ("IpRanges", "UserIdGroupPairs", "PrefixListIds"):
            for each in permission.get(ranges, []):
                if not re.fullmatch(_DESCRIPTION, each.get("Description", "")):
                    yield f"Invalid rule description '{each['Description']}'. {_DESCRIPTION_ALLOWED}"


@rule("ec2", "CreateVpc", "CreateSubnet")
def _network_range(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html: /16 to /28, with usable addresses."""
    block = values.get("CidrBlock")
    if block is None:
        return
    try:
        network = ipaddress.ip_network(block, strict=False)
    except ValueError:
        yield f"Value ({block}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        return
    if not 16 <= network.prefixlen <= 28:
        yield f"The CIDR '{block}' is invalid: its size is between /16 and /28."
    if any(network.overlaps(each) for each in _UNUSABLE):
        yield f"The CIDR '{block}' is invalid: it is in a reserved range."


@rule("ec2", "CreateLaunchTemplate", "CreateLaunchTemplateVersion")
def _template(values: dict) -> Iterator[str]:
    yield from _launch(values.get("LaunchTemplateData", {}))


@rule("ec2", "RunInstances")
def _launch(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html,
    https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"""
    user_data = values.get("UserData")
    if user_data is not None and len(base64.b64decode(user_data)) > _LONGEST_USER_DATA:
        yield "User data is limited to 16384 bytes"
    for disk in values.get("BlockDeviceMappings", []):
        size = disk.get("Ebs", {}).get("VolumeSize")
        if size is not None and not 1 <= size <= 65_536:
            yield f"Volume of {size}GiB is not valid: gp3 takes 1 to 65536."


@rule("ec2", "ImportKeyPair")
def _public_key(values: dict) -> Iterator[str]:
    """https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html: ED25519, and RSA with these lengths."""
    material = values.get("PublicKeyMaterial", b"")
    material = material if isinstance(material, bytes) else base64.b64decode(material)
    try:
        key = public_key_parse(material)
    except ValueError:
        yield "Key is not in valid OpenSSH public key format"
        return
    if isinstance(key, RSAPublicKey) and key.key_size not in (1_024, 2_048, 4_096):
        yield f"An RSA key of {key.key_size} bits is not supported: 1024, 2048 or 4096"
