import type { Finding } from "../../support/finding";
import { onAny, remediateOn, resourceRule } from "../../support/rule";
import { judgeAll } from "../../support/unknown";
import { metadataOptionsOf, metadataTypes } from "../../support/views/servers/metadata";
import type { MetadataOptions } from "../../support/views/servers/specifications";

export const imdsv2 = resourceRule(
  {
    name: "imdsv2",
    displayName: "Instance metadata with IMDSv2 only",
    description: "An instance's metadata service requires a session token (IMDSv2).",
    why: "With IMDSv1, any server-side request forgery exposes the instance's credentials. WordPress plug-ins have had many such vulnerabilities.",
    severity: "high",
    topics: ["credentials"],
    fix: 'Set metadataOptions.httpTokens to "required".',
    url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
    counterparts: {
      fsbp: ["EC2.8", "EC2.170", "AutoScaling.3"],
      checkov: ["CKV_AWS_79"],
      cdkNag: [],
    },
    settings: {},
  },
  [
    onAny(metadataTypes, (resource) =>
      judgeAll(metadataOptionsOf(resource), ({ at, value }) => judgeOptions(at, value)),
    ),
  ],
  [
    remediateOn("aws:ec2/launchTemplate:LaunchTemplate", requireTokens),
    remediateOn("aws:ec2/instance:Instance", requireTokens),
    remediateOn("aws:ec2/spotInstanceRequest:SpotInstanceRequest", requireTokens),
    remediateOn("aws:ec2/launchConfiguration:LaunchConfiguration", requireTokens),
  ],
);

function requireTokens({ metadataOptions }: { readonly metadataOptions?: MetadataOptions | undefined }) {
  return { metadataOptions: { ...metadataOptions, httpTokens: "required" } };
}

function* judgeOptions(at: string, options: MetadataOptions | undefined): Iterable<Finding> {
  if (options?.httpEndpoint === "disabled" || options?.httpTokens === "required") return;
  const place = at === "" ? "httpTokens" : `${at}.httpTokens`;
  yield { at: place, value: options?.httpTokens, allowed: '"required"' };
}
