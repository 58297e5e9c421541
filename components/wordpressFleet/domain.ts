import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { lookUp } from "../settings/lookUp";
import { named } from "../settings/named";
import type { FleetSettings } from "./options";
import type { FleetScope } from "./scope";

type Domain = NonNullable<FleetSettings["domain"]>;

/** The public zone of the domain, which must exist in the account. */
export function findZoneId({ hostedZoneName }: Domain, parent: pulumi.Resource): pulumi.Output<string> {
  const need = `fleet.domain: hostedZoneName ${hostedZoneName} must be a public hosted zone of this account, in Route 53.`;
  const zone = aws.route53.getZone({ name: hostedZoneName, privateZone: false }, { parent });
  return pulumi.output(lookUp(need, zone)).zoneId;
}

/**
 * A certificate from ACM. ACM renews it as long as the DNS record exists that proves control of the domain. The ARN is
 * known only after ACM has issued the certificate, because a listener takes no pending one.
 */
export function createCertificate(
  { name, tags, parent }: FleetScope,
  domain: Domain,
  zoneId: pulumi.Input<string>,
): pulumi.Output<string> {
  const certificateName = `${name}-certificate`;
  const certificate = new aws.acm.Certificate(
    certificateName,
    { domainName: domain.name, validationMethod: "DNS", tags: named(certificateName, tags) },
    { parent },
  );
  const proof = certificate.domainValidationOptions.apply(([option]) => {
    if (option === undefined) throw new Error(`ACM returned no validation record for ${domain.name}.`);
    return option;
  });
  const record = new aws.route53.Record(
    `${certificateName}-proof`,
    {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 60,
      // Another stack with a certificate for the same name needs the same record.
      allowOverwrite: true,
    },
    { parent },
  );
  return new aws.acm.CertificateValidation(
    certificateName,
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    { parent },
  ).certificateArn;
}

/** Points the domain to the load balancer. An alias, because the load balancer's addresses change. */
export function createAlias(
  { name, parent }: FleetScope,
  domain: Domain,
  zoneId: pulumi.Input<string>,
  loadBalancer: aws.lb.LoadBalancer,
): aws.route53.Record {
  return new aws.route53.Record(
    `${name}-alias`,
    {
      zoneId,
      name: domain.name,
      type: "A",
      aliases: [{ name: loadBalancer.dnsName, zoneId: loadBalancer.zoneId, evaluateTargetHealth: true }],
    },
    { parent },
  );
}
