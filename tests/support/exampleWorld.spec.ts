import { expect } from "chai";

import { exampleWorld } from "./exampleWorld";

describe("the example of a world", () => {
  it("has two running servers behind the load balancer, in two zones", () => {
    const [place] = exampleWorld().places;
    const running = place?.instances.filter(({ state }) => state === "running") ?? [];
    expect(running.map(({ zone }) => zone)).to.have.members(["us-east-1a", "us-east-1b"]);
    expect(place?.targetGroups[0]?.targets.map(({ id }) => id)).to.have.members(running.map(({ id }) => id));
  });

  it("is a new one at each call", () => {
    const changed = exampleWorld();
    changed.places.pop();
    expect(exampleWorld().places).to.have.length(1);
  });
});
