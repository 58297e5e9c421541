import { expect } from "chai";

import { sitesOf } from "../../../../../localAws/live/host/door/sites";
import { exampleWorld } from "../../../../support/exampleWorld";

describe("the sites of the world", () => {
  it("are the load balancers that face the internet", () => {
    const world = exampleWorld();
    const dnsName = "wordpress-alb-05ca43e-2067526682.us-east-1.elb.amazonaws.com";
    expect(sitesOf(world)).to.deep.equal([
      {
        loadBalancerArn: world.places[0]?.loadBalancers[0]?.arn,
        dnsName,
        host: dnsName,
        names: [dnsName],
        scheme: "http",
        port: 80,
        addresses: ["54.208.0.1", "54.208.0.2"],
      },
    ]);
  });

  it("have the domain whose record leads to the load balancer, and its HTTPS", () => {
    const world = exampleWorld();
    const [place] = world.places;
    const [loadBalancer] = place?.loadBalancers ?? [];
    const [listener] = loadBalancer?.listeners ?? [];
    if (place === undefined || loadBalancer === undefined || listener === undefined)
      throw new Error("no example");
    place.records.push({ name: "www.example.com", type: "A", values: [], alias: loadBalancer.dnsName });
    loadBalancer.listeners.push({ ...listener, port: 443, protocol: "HTTPS" });
    expect(sitesOf(world)[0]).to.include({ host: "www.example.com", scheme: "https", port: 443 });
    expect(sitesOf(world)[0]?.names).to.deep.equal(["www.example.com", loadBalancer.dnsName]);
  });

  it("leave out internal load balancers and those without a listener", () => {
    const world = exampleWorld();
    for (const each of world.places[0]?.loadBalancers ?? []) each.listeners = [];
    expect(sitesOf(world)).to.deep.equal([]);
  });
});
