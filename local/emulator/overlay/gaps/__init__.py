"""What moto lacks for this project's stack. Importing a module closes the gap that its docstring names."""

from importlib import import_module

_GAPS = (
    "accounts",
    "requests",
    "request_models",
    "credentials",
    "iam_managed_policies",
    "ec2_images",
    "ec2_interfaces",
    "ec2_template_versions",
    "ec2_launches",
    "ec2_architectures",
    "ec2_image_builds",
    "ec2_acl_icmp",
    "ec2_client_tokens",
    "ec2_connect_endpoints",
    "ec2_dependencies",
    "ec2_endpoint_routes",
    "ec2_rules",
    "ec2_subnet_ipv6",
    "ec2_user_data",
    "elbv2_deletion_protection",
    "route53_records",
    "rds_groups",
    "rds_instances",
    "rds_changes",
    "rds_deletions",
    "rds_parameters",
    "rds_logs",
    "rds_orderable_classes",
    "autoscaling_events",
    "autoscaling_launches",
    "autoscaling_terminations",
    "autoscaling_settings",
    "autoscaling_policies",
    "autoscaling_metrics",
    "autoscaling_refreshes",
    "elbv2_schemes",
    "efs_policies",
    "efs_settings",
    "scheduler_groups",
    "scheduler_updates",
    "secretsmanager_updates",
    "sesv2_identities",
    "lambda_permissions",
    "lambda_settings",
    "lambda_invocations",
)


def close_all() -> None:
    for gap in _GAPS:
        import_module(f"{__name__}.{gap}")
