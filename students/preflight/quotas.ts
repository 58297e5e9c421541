import { ServiceQuotas } from "@aws-sdk/client-service-quotas";

import { answered, type ClientConfig } from "./client";

/** The most that an account may have in a region. */
export interface Quotas {
  readonly vpcs: number;
  readonly elasticIps: number;
  /** Virtual CPUs of running on-demand servers of the usual families. */
  readonly vcpus: number;
  /** Those that AWS did not tell: what is said of them is AWS's default. */
  readonly assumed: readonly string[];
}

type Limit = Exclude<keyof Quotas, "assumed">;

/**
 * Where Service Quotas has them. For vCPUs the default is a Learner Lab's limit; a new account of one's own has
 * fewer, and is asked.
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

/** Asks for an account's quotas; a lab may not let them be asked for. */
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
