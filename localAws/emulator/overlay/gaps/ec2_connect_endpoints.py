"""Gap: moto has no EC2 Instance Connect Endpoints."""

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ec2.responses import EC2Response
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, EC2_RESOURCE_TO_PREFIX
from moto.moto_api._internal import mock_random

from ..errors import aws_error
from ..patching import adds, state_of

# CreateTags and DescribeTags find a resource's type by this prefix of its id.
EC2_RESOURCE_TO_PREFIX["instance-connect-endpoint"] = "eice"
EC2_PREFIX_TO_RESOURCE["eice"] = "instance-connect-endpoint"


def endpoints_of(backend) -> dict[str, dict]:
    return state_of(backend, "connect_endpoints", dict)


@adds(EC2Response)
def create_instance_connect_endpoint(self: EC2Response):
    subnet = self.ec2_backend.get_subnet(self._get_param("SubnetId"))
    group_ids = self._get_param("SecurityGroupIds", []) or [
        _default_group_id(self.ec2_backend, subnet.vpc_id)
    ]
    for group_id in group_ids:
        if self.ec2_backend.get_security_group_from_id(group_id) is None:
            raise aws_error("ec2", "InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
    endpoints = endpoints_of(self.ec2_backend)
    if any(endpoint["VpcId"] == subnet.vpc_id for endpoint in endpoints.values()):
        raise aws_error(
            "ec2",
            "ResourceLimitExceeded",
            f"VPC {subnet.vpc_id} has an EC2 Instance Connect Endpoint already.",
        )
    endpoint_id = f"eice-{mock_random.get_random_hex(17)}"
    interface = self.ec2_backend.create_network_interface(
        subnet, None, group_ids=group_ids, description=f"EC2 Instance Connect Endpoint {endpoint_id}"
    )
    interface.status = "in-use"
    tags = self._parse_tag_specification().get("instance-connect-endpoint", {})
    preserve = self._get_bool_param("PreserveClientIp", False)
    suffix = f"{endpoint_id}.ec2-instance-connect-endpoint"
    endpoints[endpoint_id] = {
        "OwnerId": self.current_account,
        "InstanceConnectEndpointId": endpoint_id,
        "InstanceConnectEndpointArn": (
            f"arn:aws:ec2:{self.region}:{self.current_account}:instance-connect-endpoint/{endpoint_id}"
        ),
        "State": "create-complete",
        "DnsName": f"{suffix}.{self.region}.amazonaws.com",
        "FipsDnsName": f"{suffix}-fips.{self.region}.amazonaws.com",
        "NetworkInterfaceIds": [interface.id],
        "VpcId": subnet.vpc_id,
        "AvailabilityZone": subnet.availability_zone,
        "AvailabilityZoneId": subnet.availability_zone_id,
        "CreatedAt": utcnow(),
        "SubnetId": subnet.id,
        "PreserveClientIp": preserve,
        "SecurityGroupIds": group_ids,
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
    }
    self.ec2_backend.tags[endpoint_id] = dict(tags)
    return ActionResult({"InstanceConnectEndpoint": endpoints[endpoint_id]})


def _default_group_id(backend, vpc_id: str) -> str:
    return next(group.id for group in backend.groups[vpc_id].values() if group.name == "default")


@adds(EC2Response)
def describe_instance_connect_endpoints(self: EC2Response):
    wanted = self._get_param("InstanceConnectEndpointIds", [])
    endpoints = endpoints_of(self.ec2_backend)
    for endpoint_id in wanted:
        _existing(endpoints, endpoint_id)
    chosen = [endpoint for endpoint_id, endpoint in endpoints.items() if not wanted or endpoint_id in wanted]
    filters = self._filters_from_querystring()
    keys = {
        "vpc-id": "VpcId",
        "subnet-id": "SubnetId",
        "state": "State",
        "instance-connect-endpoint-id": "InstanceConnectEndpointId",
    }
    for name, values in filters.items():
        if name not in keys:
            raise NotImplementedError(f"filter {name}")
        chosen = [endpoint for endpoint in chosen if endpoint[keys[name]] in values]
    return ActionResult(
        {"InstanceConnectEndpoints": [_with_tags(self.ec2_backend, endpoint) for endpoint in chosen]}
    )


@adds(EC2Response)
def delete_instance_connect_endpoint(self: EC2Response):
    endpoints = endpoints_of(self.ec2_backend)
    endpoint = _existing(endpoints, self._get_param("InstanceConnectEndpointId"))
    del endpoints[endpoint["InstanceConnectEndpointId"]]
    for interface_id in endpoint["NetworkInterfaceIds"]:
        self.ec2_backend.get_network_interface(interface_id).status = "available"
        self.ec2_backend.delete_network_interface(interface_id)
    return ActionResult({"InstanceConnectEndpoint": {**endpoint, "State": "delete-complete"}})


def _existing(endpoints: dict[str, dict], endpoint_id: str) -> dict:
    if endpoint_id not in endpoints:
        raise aws_error(
            "ec2", "InvalidInstanceConnectEndpointId.NotFound", f"The endpoint '{endpoint_id}' does not exist"
        )
    return endpoints[endpoint_id]


def _with_tags(backend, endpoint: dict) -> dict:
    """CreateTags keeps tags in a separate table."""
    tags = backend.tags.get(endpoint["InstanceConnectEndpointId"], {})
    return {**endpoint, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
