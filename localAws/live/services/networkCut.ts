import { run } from "../command";

/** A network namespace whose interface is down, and what is needed to put it up again. */
export interface Cut {
  readonly namespace: string;
  /** Routes as arguments of `ip route`, which the kernel removes with the interface. */
  readonly routes: readonly string[];
}

const device = "eth0";

/** Takes the interface of a namespace down: packets in both directions are lost, and connections hang. */
export async function cutNetwork(namespace: string): Promise<Cut> {
  const lines = (await run(["ip", "-n", namespace, "route", "show", "dev", device])).split("\n");
  await run(["ip", "-n", namespace, "link", "set", device, "down"]);
  return { namespace, routes: lines.map((line) => line.trim()).filter((line) => line !== "") };
}

export async function restoreNetwork({ namespace, routes }: Cut): Promise<void> {
  await run(["ip", "-n", namespace, "link", "set", device, "up"]);
  // A route to the router comes before the routes through it.
  for (const route of [...routes].sort(
    (one, other) => Number(one.includes(" via ")) - Number(other.includes(" via ")),
  )) {
    const words = route.split(/\s+/).filter((word) => word !== "linkdown");
    await run(["ip", "-n", namespace, "route", "replace", ...words, "dev", device]);
  }
}
