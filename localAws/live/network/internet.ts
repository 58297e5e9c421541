import { addressAt } from "./ipv4";
import { gatewayDeviceOf, internetHop, vpcHop } from "./links";
import { Applied, ipBatch, makeRouter } from "./namespaces";

/** The address of visitors: programs in the box's own namespace that connect to a public address. */
export const visitorAddress = "198.51.100.1";

/** AWS's public endpoints and other services of the internet get addresses of this range (RFC 2544). */
const serviceRange = "198.18.0.0/15";
/** The services with gateway endpoints have addresses in AWS's prefix lists: routes lead to them by range. */
const rangesOfGatewayServices = [
  { host: /^(.*\.)?s3\..*amazonaws\.com$/, range: "52.216.0.0/15" },
  { host: /^dynamodb\..*amazonaws\.com$/, range: "52.94.0.0/22" },
] as const;

/** An address for a service by its host name; the number makes it unique. */
export function serviceAddress(host: string, index: number): string {
  const range = rangesOfGatewayServices.find((each) => each.host.test(host))?.range ?? serviceRange;
  return addressAt(range, 1 + index);
}

const fixed: readonly string[] = [
  `address add ${internetHop}/32 dev lo`,
  `address add ${visitorAddress}/32 dev lo`,
  // Without it, the kernel would refuse packets to addresses that no VPC has.
  "route add blackhole default",
];

/** The box's own namespace as the internet: services have addresses here, and public addresses lead to VPCs. */
export class Internet {
  private readonly applied = new Applied(undefined);
  private started = false;
  /** The routes to the VPCs' public addresses: by VPC, then by address. */
  private readonly published = new Map<string, Map<string, string>>();
  private readonly services = new Map<string, string>();

  /** The address of a service by its host name; the same one for the same name. */
  async addressOf(name: string): Promise<string> {
    const known = this.services.get(name);
    if (known !== undefined) return known;
    const address = serviceAddress(name, this.services.size);
    this.services.set(name, address);
    await this.apply();
    return address;
  }

  /** The services by host name. */
  get names(): ReadonlyMap<string, string> {
    return this.services;
  }

  /** Routes the VPC's public addresses to its internet gateway; one that another VPC had until now moves. */
  async publish(vpcId: string, index: number, addresses: readonly string[]): Promise<void> {
    const hop = vpcHop(index);
    const device = gatewayDeviceOf(vpcId);
    for (const others of this.published.values()) for (const each of addresses) others.delete(each);
    this.published.set(
      vpcId,
      new Map([
        [hop, `route add ${hop}/32 dev ${device} src ${visitorAddress}`],
        ...addresses.map((address): [string, string] => [
          address,
          `route add ${address}/32 via ${hop} dev ${device} onlink src ${visitorAddress}`,
        ]),
      ]),
    );
    await this.apply();
  }

  /** Forgets the VPC's routes. Call it before its device is removed. */
  async unpublish(vpcId: string): Promise<void> {
    if (this.published.delete(vpcId)) await this.apply();
  }

  /** Removes all addresses and routes. */
  async stop(): Promise<void> {
    await this.applied.set([]);
  }

  private async apply(): Promise<void> {
    if (!this.started) {
      await makeRouter(undefined);
      await ipBatch(undefined, ["link set lo up"]);
      this.started = true;
    }
    const services = [...this.services.values()].map((address) => `address add ${address}/32 dev lo`);
    const routes = [...this.published.values()].flatMap((each) => [...each.values()]);
    await this.applied.set([...fixed, ...services, ...routes]);
  }
}
