import { isResource, type AnyResource, type Token } from "../../resourceTypes";
import { judgeEach } from "../../unknown";
import type { Property } from "./specifications";

/** The types with option settings of Elastic Beanstalk. */
export const beanstalkTypes = [
  "aws:elasticbeanstalk/environment:Environment",
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate",
] as const satisfies readonly Token[];

/** The values of an option of an Elastic Beanstalk environment; none if it is not set, and for other types. */
export function* beanstalkOption(
  resource: AnyResource,
  namespace: string,
  ...names: readonly string[]
): Iterable<Property<string>> {
  if (
    isResource(resource, "aws:elasticbeanstalk/environment:Environment") ||
    isResource(resource, "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate")
  ) {
    yield* judgeEach(resource.props.settings ?? [], (setting, index) =>
      setting.namespace === namespace && names.includes(setting.name)
        ? [{ at: `settings[${String(index)}].value`, value: setting.value }]
        : [],
    );
  }
}
