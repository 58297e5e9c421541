import { mergeReferences, referencesOf } from "../references";
import { allOf, type StackResource } from "../stack";

/** A cluster of databases whose instances are resources of their own. */
export interface Cluster {
  readonly resource: StackResource;
  readonly instances: Instances;
}

export interface Instances {
  readonly certain: readonly StackResource[];
  /** The certain ones included. */
  readonly possible: readonly StackResource[];
  /** The policy SDK's error about the unknown value; `undefined` when all are known. */
  readonly unknown: Error | undefined;
}

const services = [
  ["aws:rds/cluster:Cluster", "aws:rds/clusterInstance:ClusterInstance"],
  ["aws:docdb/cluster:Cluster", "aws:docdb/clusterInstance:ClusterInstance"],
  ["aws:neptune/cluster:Cluster", "aws:neptune/clusterInstance:ClusterInstance"],
] as const;

/** The stack's clusters, with their instances. */
export function clustersIn(stack: readonly StackResource[]): readonly Cluster[] {
  return services.flatMap(([clusterToken, instanceToken]) =>
    allOf(stack, clusterToken).map((resource) => {
      const referring = allOf(stack, instanceToken).map((instance) => ({
        instance,
        clusters: mergeReferences(
          ["id", "clusterIdentifier"].map((key) =>
            referencesOf(stack, instance, "clusterIdentifier", clusterToken, { key }),
          ),
        ),
      }));
      const isIt = ({ urn }: StackResource) => urn === resource.urn;
      const possible = referring.filter(({ clusters }) => clusters.possible.some(isIt));
      const certain = possible.filter(({ clusters }) => clusters.certain.some(isIt));
      return {
        resource,
        instances: {
          certain: certain.map(({ instance }) => instance),
          possible: possible.map(({ instance }) => instance),
          unknown: possible.find(({ clusters }) => clusters.unknown !== undefined)?.clusters.unknown,
        },
      };
    }),
  );
}
