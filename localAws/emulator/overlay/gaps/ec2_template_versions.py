"""Gap: a new version of a launch template ignores its source version.

DescribeLaunchTemplateVersions has no filters and returns 15 versions at most: here it has `image-id`, and returns all.
"""

from copy import deepcopy

from moto.ec2.responses.launch_templates import LaunchTemplates

from ..errors import aws_error
from ..patching import replaces


@replaces(LaunchTemplates, "create_launch_template_version")
def _create_version(original, self: LaunchTemplates):
    source = self._get_param("SourceVersion")
    if source is not None:
        name = self._get_param("LaunchTemplateName")
        template = (
            self.ec2_backend.get_launch_template_by_name(name)
            if name
            else self.ec2_backend.get_launch_template(self._get_param("LaunchTemplateId"))
        )
        before = deepcopy(template.get_version(source).data)
        self.params["LaunchTemplateData"] = {**before, **(self._get_param("LaunchTemplateData") or {})}
    return original(self)


@replaces(LaunchTemplates, "describe_launch_template_versions")
def _describe_versions(original, self: LaunchTemplates):
    self.params.setdefault("MaxResults", 10_000)
    answer = original(self)
    for name, values in self._filters_from_querystring().items():
        if name != "image-id":
            raise aws_error("ec2", "InvalidParameterValue", f"The filter '{name}' is not supported by this emulator.")
        versions = answer.result["LaunchTemplateVersions"]
        answer.result["LaunchTemplateVersions"] = [
            version for version in versions if version["LaunchTemplateData"].get("ImageId") in values
        ]
    return answer
