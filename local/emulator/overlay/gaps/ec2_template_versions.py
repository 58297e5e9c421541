"""Gap: a new version of a launch template forgets the version that it names as its source."""

from copy import deepcopy

from moto.ec2.responses.launch_templates import LaunchTemplates

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
