import { ConstructResponse, type ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import type { Properties, PropertyValue } from "../aws/resourceType";
import { reading } from "../aws/values";
import type { Monitor, ProviderChoice, Registered } from "../protocol/monitor";
import { resourceReference, unknown } from "../protocol/special";
import { fromStruct, toStruct } from "../protocol/struct";
import { planSubnets } from "./subnetPlan";
import type { SubnetSpec } from "./subnetSpec";
import { planVpc, type PlannedResource, type Reference, type VpcGraph } from "./vpcGraph";
import { addressProblem, readVpcOptions, type VpcOptions } from "./vpcOptions";

/** An output of the component, and the resources that it depends on. */
interface Output {
  readonly value: PropertyValue;
  readonly from: readonly Registered[];
}

/** Builds an `awsx.ec2.Vpc`. All options are read and planned before the first resource is registered. */
export async function constructVpc(
  request: ConstructRequest,
  monitor: Monitor,
  awsVersion: string,
): Promise<ConstructResponse> {
  const options = readVpcOptions(fromStruct(request.getInputs()));
  const provider = { version: awsVersion, reference: request.getProvidersMap().get("aws") ?? "" };
  const zones = options.availabilityZoneNames ?? (await firstZones(monitor, options, provider));
  const problem = addressProblem(options, zones.length);
  if (problem !== undefined) throw new RangeError(problem);
  const { subnets: planned, layout } = planSubnets({
    cidrBlock: options.cidrBlock,
    zones,
    strategy: options.subnetStrategy,
    ...(options.subnetSpecs === undefined ? {} : { specs: options.subnetSpecs }),
    ...(options.availabilityZoneCidrMask === undefined
      ? {}
      : { zonePrefixLength: options.availabilityZoneCidrMask }),
  });
  const graph = planVpc(request.getName(), options, planned);

  const component = await monitor.register(componentRequest(request));
  const given = inputDependencies(request);
  const registered = await registerAll(everyOne(graph), component.urn, given, provider, monitor);
  const outputs = outputsOf(graph, layout, registered);
  const state = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  await monitor.registerOutputs(component.urn, state);

  const response = new ConstructResponse().setUrn(component.urn).setState(toStruct(state));
  for (const [name, { from }] of Object.entries(outputs)) {
    const dependencies = new ConstructResponse.PropertyDependencies();
    dependencies.setUrnsList(from.map(({ urn }) => urn));
    response.getStatedependenciesMap().set(name, dependencies);
  }
  return response;
}

/** The children depend on everything that the program's inputs depend on. */
function inputDependencies(request: ConstructRequest): readonly string[] {
  const urns = new Set<string>();
  request.getInputdependenciesMap().forEach((dependencies) => {
    for (const urn of dependencies.getUrnsList()) urns.add(urn);
  });
  return [...urns];
}

async function firstZones(
  monitor: Monitor,
  { numberOfAvailabilityZones: count }: VpcOptions,
  provider: ProviderChoice,
): Promise<readonly string[]> {
  const answer = await monitor.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {}, provider);
  const names = reading<Properties>(answer).requiredStrings("names");
  if (names.length >= count) return names.slice(0, count);
  throw new RangeError(`numberOfAvailabilityZones: ${count}, and the region has only ${names.join(", ")}`);
}

/** The component, with the program's options. */
function componentRequest(request: ConstructRequest): RegisterResourceRequest {
  const component = new RegisterResourceRequest()
    .setType(request.getType())
    .setName(request.getName())
    .setParent(request.getParent())
    .setCustom(false)
    .setDependenciesList(request.getDependenciesList())
    .setAliasesList(request.getAliasesList())
    .setAliasspecs(true)
    .setIgnorechangesList(request.getIgnorechangesList())
    .setReplaceonchangesList(request.getReplaceonchangesList())
    .setDeletedwith(request.getDeletedwith());
  request.getProvidersMap().forEach((reference, name) => component.getProvidersMap().set(name, reference));
  const [protect, retain] = [request.getProtect(), request.getRetainondelete()];
  if (protect !== undefined) component.setProtect(protect);
  if (retain !== undefined) component.setRetainondelete(retain);
  return component;
}

function everyOne(graph: VpcGraph): readonly PlannedResource[] {
  return [
    graph.vpc,
    graph.internetGateway,
    ...graph.vpcEndpoints,
    ...graph.subnets,
    ...graph.routeTables,
    ...graph.routeTableAssociations,
    ...graph.eips,
    ...graph.natGateways,
    ...graph.routes,
  ];
}

/** Registers each resource after its parent and the resources that it refers to. */
async function registerAll(
  resources: readonly PlannedResource[],
  componentUrn: string,
  given: readonly string[],
  provider: ProviderChoice,
  monitor: Monitor,
): Promise<(resource: PlannedResource) => Registered> {
  const started = new Map<PlannedResource, Promise<Registered>>();
  const made = new Map<PlannedResource, Registered>();
  const whenMade = (resource: PlannedResource): Promise<Registered> => {
    const known = started.get(resource);
    if (known !== undefined) return known;
    const registering = register(resource).then((registered) => {
      made.set(resource, registered);
      return registered;
    });
    started.set(resource, registering);
    return registering;
  };
  const register = async (resource: PlannedResource): Promise<Registered> => {
    const parent = resource.parent === undefined ? undefined : await whenMade(resource.parent);
    const request = new RegisterResourceRequest()
      .setType(resource.type)
      .setName(resource.name)
      .setParent(parent?.urn ?? componentUrn)
      .setCustom(true)
      .setAcceptsecrets(true)
      .setSupportspartialvalues(true)
      .setVersion(provider.version)
      .setProvider(provider.reference);
    const inputs: Record<string, PropertyValue> = { ...resource.inputs };
    const urns = new Set(parent === undefined ? given : [...given, parent.urn]);
    for (const [name, reference] of Object.entries(resource.references)) {
      const source = await whenMade(reference.resource);
      const value = inputFrom(reference, source);
      if (value !== undefined) inputs[name] = value;
      urns.add(source.urn);
      const dependencies = new RegisterResourceRequest.PropertyDependencies();
      dependencies.setUrnsList([source.urn]);
      request.getPropertydependenciesMap().set(name, dependencies);
    }
    request.setObject(toStruct(inputs)).setDependenciesList([...urns]);
    return await monitor.register(request);
  };
  await Promise.all(resources.map(whenMade));
  return (resource) => {
    const registered = made.get(resource);
    if (registered === undefined) throw new Error(`${resource.type} ${resource.name} was not planned`);
    return registered;
  };
}

/** The input from another resource's output; `undefined` if there is none. */
function inputFrom({ output, convert }: Reference, { id, state }: Registered): PropertyValue | undefined {
  const value = output === "id" ? id : state[output];
  // Values that AWS generates are not in the state before the update.
  const isUnknown = value === unknown || (value === undefined && (id === unknown || convert === undefined));
  if (isUnknown) return unknown;
  return convert === undefined ? value : convert(value);
}

/**
 * Outputs under the SDK's names (node_modules/@pulumi/awsx/ec2/vpc.d.ts). The official component creates all of them from
 * one value, so each depends on every subnet and on the VPC, and not on single subnets. For the same reason, a first
 * preview does not know the number of ids.
 */
function outputsOf(
  graph: VpcGraph,
  layout: readonly SubnetSpec[],
  registered: (resource: PlannedResource) => Registered,
): Readonly<Record<string, Output>> {
  const all = [...graph.subnets, graph.vpc].map(registered);
  const value = (known: PropertyValue): Output => ({ value: known, from: all });
  const refer = (resource: PlannedResource) => {
    const { urn, id } = registered(resource);
    return resourceReference(urn, id);
  };
  const one = (resource: PlannedResource): Output => ({
    value: refer(resource),
    from: [...all, registered(resource)],
  });
  const many = (resources: readonly PlannedResource[]): Output => ({
    value: resources.map(refer),
    from: [...all, ...resources.map(registered)],
  });
  const ids = (resources: readonly PlannedResource[]): Output => {
    const known = resources.map((resource) => registered(resource).id);
    return value(known.includes(unknown) ? unknown : known);
  };
  const subnets = (type: string) => graph.subnets.filter(({ plan }) => plan.type === type);
  return {
    eips: many(graph.eips),
    internetGateway: one(graph.internetGateway),
    isolatedSubnetIds: ids(subnets("Isolated")),
    isolatedSubnets: many(subnets("Isolated")),
    natGateways: many(graph.natGateways),
    privateSubnetIds: ids(subnets("Private")),
    privateSubnets: many(subnets("Private")),
    publicSubnetIds: ids(subnets("Public")),
    publicSubnets: many(subnets("Public")),
    routeTableAssociations: many(graph.routeTableAssociations),
    routeTables: many(graph.routeTables),
    routes: many(graph.routes),
    subnetLayout: value(layout.map(shown)),
    subnets: many(graph.subnets),
    vpc: one(graph.vpc),
    vpcEndpoints: many(graph.vpcEndpoints),
    vpcId: value(registered(graph.vpc).id),
  };
}

/** The members of a spec that `subnetLayout` has. */
function shown({ type, name, cidrBlocks, cidrMask, size }: SubnetSpec): Properties {
  return {
    type,
    ...(name === undefined ? {} : { name }),
    ...(cidrBlocks === undefined ? {} : { cidrBlocks }),
    ...(cidrMask === undefined ? {} : { cidrMask }),
    ...(size === undefined ? {} : { size }),
  };
}
