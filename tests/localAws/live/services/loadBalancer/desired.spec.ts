import { expect } from "chai";

import { desiredOf } from "../../../../../localAws/live/services/loadBalancer/desired";
import { health } from "../../../../../localAws/live/services/loadBalancer/health";
import type { Place } from "../../../../../localAws/live/world";
import { exampleWorld } from "../../../../support/exampleWorld";

function example() {
  const [place] = exampleWorld().places;
  const [group] = place?.targetGroups ?? [];
  const [loadBalancer] = place?.loadBalancers ?? [];
  const [first, second] = group?.targets ?? [];
  if (place === undefined || group === undefined || loadBalancer === undefined) throw new Error("no example");
  if (first === undefined || second === undefined) throw new Error("The example has no targets.");
  const instance = (id: string) => {
    const found = place.instances.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no instance ${id}`);
    return found;
  };
  return { place, group, loadBalancer, first, second, instance };
}

function only(place: Place) {
  const [balancer] = desiredOf(place).balancers;
  const [group] = balancer?.groups ?? [];
  if (group === undefined) throw new Error("no group");
  return group;
}

describe("what the world asks of a load balancer", () => {
  it("has the private addresses of the registered instances", () => {
    const { place, first, second, instance } = example();
    expect(only(place).targets).to.deep.equal(
      [first, second].map(({ id }) => ({
        id,
        port: 80,
        draining: false,
        address: instance(id).interfaces[0]?.privateIp,
      })),
    );
    expect(only(place).unused).to.deep.equal({});
  });

  it("checks no stopped instance, and none in a zone that is not enabled", () => {
    const { place, first, second, instance } = example();
    instance(first.id).state = "stopped";
    instance(second.id).zone = "us-east-1f";
    expect(only(place).targets).to.deep.equal([]);
    expect(only(place).unused).to.deep.equal({ [first.id]: health.stopped, [second.id]: health.otherZone });
    expect(health.stopped.description).to.equal("Target is in the stopped state");
  });

  it("calls a target draining when its instance has already left", () => {
    const { place, first } = example();
    first.draining = true;
    place.instances = place.instances.filter(({ id }) => id !== first.id);
    expect(only(place).unused).to.deep.equal({ [first.id]: health.draining });
  });

  it("calls the targets of a group that no rule names unused", () => {
    const { place, group, loadBalancer, first, second } = example();
    for (const { rules } of loadBalancer.listeners) for (const rule of rules) rule.actions = [];
    expect(desiredOf(place).unused).to.deep.equal([
      { arn: group.arn, health: { [first.id]: health.notInUse, [second.id]: health.notInUse } },
    ]);
  });
});
