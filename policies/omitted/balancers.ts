import type { OmittedControls } from "./omittedControls";

/** For load balancers and certificates. */
export const balancers: readonly OmittedControls[] = [
  {
    ids: ["ELB.4", "CKV_AWS_131", "ELB.12", "CKV_AWS_328"],
    what: "Invalid headers dropped, desync mitigation",
    why: "The load balancer drops them; defensive mitigation is AWS's default.",
  },
  {
    ids: ["ELB.5", "CKV_AWS_91", "AwsSolutions-ELB2"],
    what: "Access logs in S3",
    why: "They need a bucket, which a Learner Lab may deny; the web servers have logs.",
  },
  {
    ids: ["CKV2_AWS_28", "CKV2_AWS_76"],
    what: "A web application firewall",
    why: "It costs about $12 a month; the site's owner decides (`fleet.waf`).",
  },
  {
    ids: ["CKV_AWS_152", "CKV_AWS_261", "CKV_AWS_378"],
    what: "Cross-zone balancing, a defined health check, HTTPS to the targets",
    why: "The first two are an application load balancer's defaults and the fleet's; behind it, HTTP stays inside the VPC between two security groups.",
  },
  {
    ids: ["ELB.21", "ELB.22"],
    what: "Encrypted health checks and connections to the targets",
    why: "Behind the load balancer, HTTP stays inside the VPC between two security groups, which http-only-from-load-balancer checks.",
  },
  {
    ids: [
      "ELB.2",
      "ELB.7",
      "ELB.9",
      "ELB.14",
      "CKV_AWS_92",
      "CKV_AWS_127",
      "CKV_AWS_138",
      "AwsSolutions-ELB1",
      "AwsSolutions-ELB3",
      "AwsSolutions-ELB4",
    ],
    what: "Settings of a Classic Load Balancer",
    why: "The packs check that it spans several zones and uses TLS; AWS recommends no Classic Load Balancer for a new site.",
  },
  {
    ids: ["ACM.1", "ACM.2", "CKV_AWS_233", "CKV_AWS_234", "CKV2_AWS_71"],
    what: "Renewal, key length, logging and names of certificates",
    why: "ACM renews its certificates, uses at least RSA 2048 and always logs, unless a program opts out. A wildcard name is no weakness by itself.",
  },
];
