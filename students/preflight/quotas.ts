import { ServiceQuotas } from "@aws-sdk/client-service-quotas";

import { answered, type ClientConfig } from "./client";

/** The most that an account may have in a region. */
export interface Quotas {
  readonly vpcs: number;
  readonly elasticIps: number;
  /** Virtual CPUs of running on-demand servers of the usual families. */
  readonly vcpus: number;
  /** Limits that AWS did not report: AWS's defaults are used for them. */
  readonly assumed: readonly string[];
}

type Limit = Exclude<keyof Quotas, "assumed">;

/**
 * The codes of Service Quotas. The default for vCPUs is a Learner Lab's limit; a new account has a lower limit, and
 * reports it.
 * @see https://docs.aws.amazon.com/general/latest/gr/vpc-service.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html
 */
const sources: Readonly<
  Record<Limit, { readonly service: string; readonly code: string; readonly usual: number }>
> = {
  vpcs: { service: "vpc", code: "L-F678F1CE", usual: 5 },
  elasticIps: { service: "ec2", code: "L-0263D0A3", usual: 5 },
  vcpus: { service: "ec2", code: "L-1216C47A", usual: 32 },
};

/** Reads an account's quotas; a lab may refuse the request. */
export async function askQuotas(config: ClientConfig): Promise<Quotas> {
  const api = new ServiceQuotas(config);
  const ask = async (limit: Limit) => {
    const { service, code } = sources[limit];
    const answer = await answered(
      api.getServiceQuota({ ServiceCode: service, QuotaCode: code }),
      "AccessDeniedException",
      "NoSuchResourceException",
    );
    return answer?.Quota?.Value;
  };
  const [vpcs, elasticIps, vcpus] = await Promise.all([ask("vpcs"), ask("elasticIps"), ask("vcpus")]);
  const assumed = [
    ...(vpcs === undefined ? [`${sources.vpcs.usual} VPCs`] : []),
    ...(elasticIps === undefined ? [`${sources.elasticIps.usual} Elastic IPs`] : []),
    ...(vcpus === undefined ? [`${sources.vcpus.usual} vCPUs`] : []),
  ];
  return {
    vpcs: vpcs ?? sources.vpcs.usual,
    elasticIps: elasticIps ?? sources.elasticIps.usual,
    vcpus: vcpus ?? sources.vcpus.usual,
    assumed,
  };
}
