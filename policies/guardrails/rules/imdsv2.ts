import type { Finding } from "../../support/finding";
import { remediateOn, on, resourceRule } from "../../support/rule";

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
    on("aws:ec2/launchTemplate:LaunchTemplate", ({ metadataOptions }) => judgeOptions(metadataOptions)),
    on("aws:ec2/instance:Instance", ({ metadataOptions }) => judgeOptions(metadataOptions)),
  ],
  [
    remediateOn("aws:ec2/launchTemplate:LaunchTemplate", ({ metadataOptions }) => ({
      metadataOptions: { ...metadataOptions, httpTokens: "required" },
    })),
    remediateOn("aws:ec2/instance:Instance", ({ metadataOptions }) => ({
      metadataOptions: { ...metadataOptions, httpTokens: "required" },
    })),
  ],
);

interface MetadataOptions {
  readonly httpEndpoint?: string | undefined;
  readonly httpTokens?: string | undefined;
}

function* judgeOptions(options: MetadataOptions | undefined): Iterable<Finding> {
  if (options?.httpEndpoint === "disabled" || options?.httpTokens === "required") return;
  yield { at: "metadataOptions.httpTokens", value: options?.httpTokens, allowed: '"required"' };
}
