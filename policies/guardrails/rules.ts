import type { Rule } from "../support/rule";
import { builderClosed } from "./rules/builderClosed";
import { capacityInOrder } from "./rules/capacityInOrder";
import { databaseInPrivateSubnets } from "./rules/databaseInPrivateSubnets";
import { databaseNotPublic } from "./rules/databaseNotPublic";
import { databasePassword } from "./rules/databasePassword";
import { encryptedDatabase } from "./rules/encryptedDatabase";
import { encryptedFileSystem } from "./rules/encryptedFileSystem";
import { encryptedVolumes } from "./rules/encryptedVolumes";
import { fileSystemInEachZone } from "./rules/fileSystemInEachZone";
import { functionUrlAuth } from "./rules/functionUrlAuth";
import { httpOnlyFromLoadBalancer } from "./rules/httpOnlyFromLoadBalancer";
import { iamMailSenderFixed } from "./rules/iamMailSenderFixed";
import { iamNoStarOnStar } from "./rules/iamNoStarOnStar";
import { iamPassRoleScoped } from "./rules/iamPassRoleScoped";
import { iamTrustNotOpen } from "./rules/iamTrustNotOpen";
import { imdsv2 } from "./rules/imdsv2";
import { lambdaLogRetention } from "./rules/lambdaLogRetention";
import { lambdaMemory } from "./rules/lambdaMemory";
import { lambdaPackage } from "./rules/lambdaPackage";
import { lambdaRuntime } from "./rules/lambdaRuntime";
import { lambdaTimeout } from "./rules/lambdaTimeout";
import { loadBalancerHealthChecks } from "./rules/loadBalancerHealthChecks";
import { noHiddenResources } from "./rules/noHiddenResources";
import { noPlainSecrets } from "./rules/noPlainSecrets";
import { noPortsOpenToWorld } from "./rules/noPortsOpenToWorld";
import { noPrefixListsOpenToWorld } from "./rules/noPrefixListsOpenToWorld";
import { noPublicAddress } from "./rules/noPublicAddress";
import { noPublicBuckets } from "./rules/noPublicBuckets";
import { noPublicImages } from "./rules/noPublicImages";
import { noPublicResourcePolicies } from "./rules/noPublicResourcePolicies";
import { noPublicSubnetDefault } from "./rules/noPublicSubnetDefault";
import { requiredTags } from "./rules/requiredTags";
import { schedulesCanFire } from "./rules/schedulesCanFire";
import { severalZones } from "./rules/severalZones";

/** Rules for every stack. */
export const rules: readonly Rule[] = [
  noPublicAddress,
  builderClosed,
  noPublicSubnetDefault,
  httpOnlyFromLoadBalancer,
  noPortsOpenToWorld,
  noPrefixListsOpenToWorld,
  severalZones,
  fileSystemInEachZone,
  loadBalancerHealthChecks,
  capacityInOrder,
  imdsv2,
  encryptedVolumes,
  noPublicImages,
  databaseNotPublic,
  databaseInPrivateSubnets,
  databasePassword,
  encryptedDatabase,
  encryptedFileSystem,
  lambdaMemory,
  lambdaTimeout,
  lambdaPackage,
  lambdaRuntime,
  lambdaLogRetention,
  schedulesCanFire,
  iamNoStarOnStar,
  iamPassRoleScoped,
  iamMailSenderFixed,
  iamTrustNotOpen,
  noPublicBuckets,
  noPublicResourcePolicies,
  functionUrlAuth,
  noPlainSecrets,
  noHiddenResources,
  requiredTags,
];
