"""Formats of physical names that the models do not constrain."""

from .rules import form

# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html, …CreateTargetGroup.html
_LOAD_BALANCING = r"(?!-)(?!internal-)[a-zA-Z0-9-]{1,32}(?<!-)"
_LOAD_BALANCING_ALLOWED = (
    "Names have a maximum of 32 alphanumeric characters or hyphens, no hyphen at an end, and no internal- first."
)
form("elbv2", ("CreateLoadBalancer", "CreateTargetGroup"), "Name", _LOAD_BALANCING, _LOAD_BALANCING_ALLOWED)

# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
_RDS_NAME = r"[a-zA-Z](?!.*--)[a-zA-Z0-9-]{0,%d}(?<!-)"
_RDS_ALLOWED = "Letters, digits or hyphens; a letter first; no hyphen at the end, nor two in a row."
form(
    "rds",
    ("CreateDBInstance", "RestoreDBInstanceFromDBSnapshot"),
    "DBInstanceIdentifier",
    _RDS_NAME % 62,
    _RDS_ALLOWED,
)
form("rds", ("CreateDBSnapshot",), "DBSnapshotIdentifier", _RDS_NAME % 254, _RDS_ALLOWED)
form("rds", ("DeleteDBInstance",), "FinalDBSnapshotIdentifier", _RDS_NAME % 254, _RDS_ALLOWED)
form("rds", ("CreateDBParameterGroup",), "DBParameterGroupName", _RDS_NAME % 254, _RDS_ALLOWED)
form("rds", ("CreateDBSubnetGroup",), "DBSubnetGroupName", r"(?!default$)[a-zA-Z0-9._ -]{1,255}", _RDS_ALLOWED)

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
form("sqs", ("CreateQueue",), "QueueName", r"[\w-]{1,80}", "Up to 80 letters, digits, hyphens or underscores.")

# https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
form("sns", ("CreateTopic",), "Name", r"[\w-]{1,256}", "Up to 256 letters, digits, hyphens or underscores.")

# https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
form("secretsmanager", ("CreateSecret",), "Name", r"[\w/+=.@-]{1,512}", "Up to 512 letters, digits or /_+=.@-")

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: 64 without an ARN
form("lambda", ("CreateFunction",), "FunctionName", r"(?!arn:)[\w-]{1,64}", "Up to 64 letters, digits, - or _.")

# https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
form("autoscaling", ("CreateAutoScalingGroup",), "AutoScalingGroupName", r"[^:]{1,255}", "No colon.")
form(
    "autoscaling",
    ("PutScheduledUpdateGroupAction",),
    "ScheduledActionName",
    r"[^:/|]{1,255}",
    "Names have no colon, slash or bar.",
)
