import type { EngineRoot } from "./engineRoot";

const table = "inet cut";

/**
 * Before all other hooks, also before connection tracking. Neighbours still answer: a failed network of AWS drops packets,
 * and no router refuses them.
 */
const rules = `
table ${table} {
  chain in { type filter hook input priority -400; policy drop; iif lo accept; }
  chain out { type filter hook output priority -400; policy drop; oif lo accept; }
}
`;

/** Drops every packet from and to the interfaces of a namespace. Connections hang. */
export async function cutNetwork(root: EngineRoot, namespace: string): Promise<void> {
  await root.run(["nft", "-f", "-"], rules, namespace);
}

export async function restoreNetwork(root: EngineRoot, namespace: string): Promise<void> {
  await root.run(["nft", "delete", "table", ...table.split(" ")], "", namespace);
}
