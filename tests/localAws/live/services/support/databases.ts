import { IncomingMessage } from "node:http";
import { Socket } from "node:net";

import type { RouteRequest } from "../../../../../localAws/live/region/part";
import type { Report } from "../../../../../localAws/live/reports";
import type { Database, Place } from "../../../../../localAws/live/world";
import { everyEgress, networkInterface, subnet, tcp, vpc, world } from "../../network/support/worlds";

/** A database in the private subnet of a VPC with servers, whose group alone may connect. */
export function database(rest: Partial<Database> = {}): Database {
  return {
    id: "wp-database",
    resourceId: "db-AAAA",
    state: "creating",
    engine: "mariadb",
    engineVersion: "11.8.3",
    instanceClass: "db.t4g.micro",
    multiAz: false,
    zone: "us-east-1a",
    secondaryZone: null,
    vpcId: "vpc-1",
    host: "wp-database.abc.us-east-1.rds.amazonaws.com",
    port: 3306,
    interface: networkInterface("subnet-a", "10.0.0.30", ["sg-database"]),
    databaseName: "wordpress",
    masterUsername: "wordpress",
    masterPassword: "first 'p4ssword\\",
    secretArn: null,
    parameters: {},
    allocatedStorageGiB: 20,
    reboots: 0,
    failovers: 0,
    fromSnapshotId: null,
    ...rest,
  };
}

/** A world with one VPC: `sg-web` reaches `sg-database` on 3306 and `sg-efs` on 2049, `sg-other` reaches nothing. */
export function worldWith(place: Partial<Place>) {
  return world(
    [
      vpc({
        subnets: [
          subnet("subnet-a", "10.0.0.0/24"),
          subnet("subnet-b", "10.0.1.0/24", { zone: "us-east-1b" }),
        ],
        securityGroups: [
          { id: "sg-web", name: "web", rules: [everyEgress] },
          { id: "sg-other", name: "other", rules: [everyEgress] },
          { id: "sg-database", name: "database", rules: [tcp(3306, { groups: ["sg-web"] }), everyEgress] },
          { id: "sg-efs", name: "efs", rules: [tcp(2049, { groups: ["sg-web"] }), everyEgress] },
        ],
      }),
    ],
    place,
  );
}

/** Collects what a part reports, and shows its last report of a resource. */
export class Reports {
  readonly all: Report[] = [];
  readonly events: string[] = [];
  readonly lines: string[] = [];

  readonly report = (report: Report): void => {
    this.all.push(report);
  };

  /** The number of reports of a database in a state. */
  count(id: string, state: string): number {
    return this.all.filter(
      (each) => "id" in each && each.id === id && "state" in each && each.state === state,
    ).length;
  }
}

/** A request to the region's API, for a route's function. */
export function routeRequest(id = "", body = ""): RouteRequest {
  return {
    id,
    query: new URLSearchParams(),
    body: () => Promise.resolve(body),
    request: new IncomingMessage(new Socket()),
  };
}
