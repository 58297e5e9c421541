import { defaultSecurityGroup } from "./ec2/defaultSecurityGroup";
import { eip } from "./ec2/eip";
import { getAmi, getPrefixList } from "./ec2/functions";
import { instance } from "./ec2/instance";
import { instanceConnectEndpoint } from "./ec2/instanceConnectEndpoint";
import { internetGateway } from "./ec2/internetGateway";
import { keyPair } from "./ec2/keyPair";
import { launchTemplate } from "./ec2/launchTemplate";
import { natGateway } from "./ec2/natGateway";
import { networkAcl } from "./ec2/networkAcl";
import { networkAclAssociation } from "./ec2/networkAclAssociation";
import { networkAclRule } from "./ec2/networkAclRule";
import { getInstanceTypeOfferings, getSubnet, getSubnets, getVpc, getVpcs } from "./ec2/networkFunctions";
import { route } from "./ec2/route";
import { routeTable } from "./ec2/routeTable";
import { routeTableAssociation } from "./ec2/routeTableAssociation";
import { securityGroup } from "./ec2/securityGroup";
import { securityGroupIngressRule, securityGroupEgressRule } from "./ec2/securityGroupRules";
import { subnet } from "./ec2/subnet";
import { vpc } from "./ec2/vpc";
import { vpcEndpoint } from "./ec2/vpcEndpoint";
import { getRegion, getCallerIdentity, getPartition, getAvailabilityZones } from "./index/functions";
import type { AnyResourceType, FunctionType } from "./resourceType";
import type { Catalogue } from "./service";
import { serviceFunctionTypes, serviceResourceTypes } from "./services";

const networkAndServers: readonly AnyResourceType[] = [
  defaultSecurityGroup,
  eip,
  instance,
  instanceConnectEndpoint,
  internetGateway,
  keyPair,
  launchTemplate,
  natGateway,
  networkAcl,
  networkAclAssociation,
  networkAclRule,
  route,
  routeTable,
  routeTableAssociation,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
  subnet,
  vpc,
  vpcEndpoint,
];

const lookUps: readonly FunctionType[] = [
  getAmi,
  getAvailabilityZones,
  getCallerIdentity,
  getInstanceTypeOfferings,
  getPartition,
  getPrefixList,
  getRegion,
  getSubnet,
  getSubnets,
  getVpc,
  getVpcs,
];

/** Every type and function that the local provider supports. */
export const catalogue: Catalogue = {
  types: byToken([...networkAndServers, ...serviceResourceTypes]),
  functions: byToken([...lookUps, ...serviceFunctionTypes]),
};

function byToken<Type extends { readonly token: string }>(types: readonly Type[]): ReadonlyMap<string, Type> {
  return new Map(types.map((type) => [type.token, type]));
}
