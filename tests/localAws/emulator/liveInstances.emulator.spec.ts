import { expect } from "chai";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, debianId, makeNetwork, present, refusalOf } from "./fleet";
import { testRegion } from "./liveRegion";

describe("instances of an emulator with a live region", () => {
  const emulator = useEmulator();

  const accountIds: string[] = [];
  afterEach(async () => {
    await emulator.api.detach("test");
    // All accounts share the region's memory.
    for (const accountId of accountIds.splice(0)) await emulator.api.reset(accountId);
  });

  async function launch(budgetMiB?: number) {
    const accountId = emulator.newAccountId();
    accountIds.push(accountId);
    const clients = clientsOf(emulator.clientConfig(accountId));
    const network = await makeNetwork(clients);
    await emulator.api.attach("test", budgetMiB);
    const run = async (
      settings: { readonly InstanceInitiatedShutdownBehavior?: "stop" | "terminate" } = {},
    ) => {
      const { Instances } = await clients.ec2.runInstances({
        ImageId: await debianId(clients),
        InstanceType: "t3.micro",
        SubnetId: network.subnetIds[0],
        MinCount: 1,
        MaxCount: 1,
        ...settings,
      });
      return present(Instances?.[0]?.InstanceId);
    };
    const described = async (id: string) => {
      const { Reservations } = await clients.ec2.describeInstances({ InstanceIds: [id] });
      return present(Reservations?.[0]?.Instances?.[0]);
    };
    return { ...clients, run, described, region: testRegion(emulator.api, accountId) };
  }

  it("run, stop, start and end when the region reports it, and keep their address until then", async () => {
    const { ec2, run, described, region } = await launch();
    const id = await run();
    const address = (await region.instance(id)).interfaces[0]?.privateIp;
    const state = async () => (await described(id)).State?.Name;
    expect(await state()).to.equal("pending");
    await region.reportInstance(id, "running");
    expect(await state()).to.equal("running");

    const { StoppingInstances } = await ec2.stopInstances({ InstanceIds: [id] });
    expect(StoppingInstances?.[0]?.CurrentState?.Name).to.equal("stopping");
    expect(await state()).to.equal("stopping");
    const refusal = await refusalOf(ec2.startInstances({ InstanceIds: [id] }));
    expect(refusal.name).to.equal("IncorrectInstanceState");
    await region.reportInstance(id, "stopped");
    expect(await state()).to.equal("stopped");
    expect((await described(id)).StateReason?.Code).to.equal("Client.UserInitiatedShutdown");

    await ec2.startInstances({ InstanceIds: [id] });
    expect(await state()).to.equal("pending");
    await region.reportInstance(id, "running");
    await ec2.terminateInstances({ InstanceIds: [id] });
    expect(await state()).to.equal("shutting-down");
    const other = await run();
    expect((await region.instance(other)).interfaces[0]?.privateIp).to.not.equal(address);
    await region.reportInstance(id, "terminated");
    expect(await state()).to.equal("terminated");
  });

  for (const [behavior, state] of [
    ["stop", "stopped"],
    ["terminate", "terminated"],
  ] as const) {
    it(`are ${state} when they power themselves off with the shutdown behavior ${behavior}`, async () => {
      const { run, described, region } = await launch();
      const id = await run({ InstanceInitiatedShutdownBehavior: behavior });
      await region.reportInstance(id, "running");
      await region.reportInstance(id, "stopped", { byItself: true });
      const instance = await described(id);
      expect(instance.State?.Name).to.equal(state);
      expect(instance.StateReason?.Code).to.equal("Client.InstanceInitiatedShutdown");
    });
  }

  it("count their reboots", async () => {
    const { ec2, run, region } = await launch();
    const id = await run();
    await ec2.rebootInstances({ InstanceIds: [id] });
    expect(await region.instance(id)).to.include({ reboots: 1, state: "pending" });
  });

  it("have the console that the region reports, of which EC2 keeps the last 64 KiB", async () => {
    const { ec2, run, region } = await launch();
    const id = await run();
    const output = async () => {
      const { Output = "" } = await ec2.getConsoleOutput({ InstanceId: id });
      return Buffer.from(Output, "base64").toString();
    };
    await region.report({ ...region.at, kind: "console", id, text: "Debian 13\r\n" });
    await region.report({ ...region.at, kind: "console", id, text: "로그인: \r\n" });
    expect(await output()).to.equal("Debian 13\r\n로그인: \r\n");
    await region.report({ ...region.at, kind: "console", id, text: "x".repeat(70_000) });
    expect(await output()).to.equal("x".repeat(65_536));
  });

  it("have the status checks that the region reports", async () => {
    const { ec2, run, region } = await launch();
    const id = await run();
    await region.reportInstance(id, "running");
    const checks = async () => {
      const { InstanceStatuses } = await ec2.describeInstanceStatus({ InstanceIds: [id] });
      const found = present(InstanceStatuses?.[0]);
      return [found.InstanceStatus?.Status, found.SystemStatus?.Status];
    };
    expect(await checks()).to.deep.equal(["initializing", "initializing"]);
    await region.report({ ...region.at, kind: "checks", id, status: "ok" });
    expect(await checks()).to.deep.equal(["ok", "ok"]);
    await region.report({ ...region.at, kind: "checks", id, status: "impaired" });
    expect(await checks()).to.deep.equal(["impaired", "ok"]);
  });

  it("give an image that is available when the region copied the disk", async () => {
    const { ec2, run, region } = await launch();
    const id = await run();
    await region.reportInstance(id, "running");
    const { ImageId = "" } = await ec2.createImage({ InstanceId: id, Name: "copy" });
    const state = async () => (await ec2.describeImages({ ImageIds: [ImageId] })).Images?.[0]?.State;
    expect(await state()).to.equal("pending");
    expect((await region.place()).images).to.deep.include({
      id: ImageId,
      name: "copy",
      state: "pending",
      architecture: "x86_64",
      sourceInstanceId: id,
    });
    await region.report({ ...region.at, kind: "image", id: ImageId, state: "available" });
    expect(await state()).to.equal("available");

    const { ImageId: failed = "" } = await ec2.createImage({ InstanceId: id, Name: "failed" });
    const reason = "No space left on device";
    await region.report({ ...region.at, kind: "image", id: failed, state: "failed", reason });
    const { Images } = await ec2.describeImages({ ImageIds: [failed] });
    expect(Images?.[0]).to.include({ State: "failed" });
    expect(Images?.[0]?.StateReason?.Message).to.equal(reason);
  });

  it("are refused beyond the region's memory, in AWS's words, until others ended", async () => {
    const { ec2, run, region } = await launch(512);
    const id = await run();
    await run();
    const refusal = await refusalOf(run());
    expect(refusal.name).to.equal("InsufficientInstanceCapacity");
    expect(refusal.message).to.match(
      /^We currently do not have sufficient t3\.micro capacity in the Availability Zone you requested \(us-east-1a\)\./,
    );
    expect(refusal.message).to.include("512 MiB are in use");
    await ec2.terminateInstances({ InstanceIds: [id] });
    await region.reportInstance(id, "terminated");
    await run();
  });

  it("get the states that they were going to when the region's lease ends", async () => {
    const { ec2, run, described, region } = await launch();
    const [starting, stopping, ending] = [await run(), await run(), await run()];
    for (const id of [stopping, ending]) await region.reportInstance(id, "running");
    await ec2.stopInstances({ InstanceIds: [stopping] });
    await ec2.terminateInstances({ InstanceIds: [ending] });
    const { ImageId = "" } = await ec2.createImage({ InstanceId: starting, Name: "lost" });
    await emulator.api.detach("test");
    const states = await Promise.all([starting, stopping, ending].map(described));
    expect(states.map(({ State }) => State?.Name)).to.deep.equal(["running", "stopped", "terminated"]);
    const { Images } = await ec2.describeImages({ ImageIds: [ImageId] });
    expect(Images?.[0]?.State).to.equal("failed");
    expect((await described(await run())).State?.Name).to.equal("running");
  });

  it("are free 30 seconds after the region's last request, until it comes back", async () => {
    const { run, described } = await launch();
    const state = async (id: string) => (await described(id)).State?.Name;
    const id = await run();
    // A request for the world with another region's id renews nothing.
    await emulator.api.world({ live: "other" });
    expect(await state(id)).to.equal("pending");
    await eventually("the end of the lease", async () =>
      (await state(id)) === "running" ? true : undefined,
    );
    expect(await state(await run())).to.equal("running");
    await emulator.api.world({ live: "other" });
    expect(await state(await run())).to.equal("running");
    await emulator.api.world({ live: "test" });
    expect(await state(await run())).to.equal("pending");
  });

  it("wait for the region as long as it waits for changes", async () => {
    const { run, described } = await launch();
    const id = await run();
    const { number } = await emulator.api.world();
    await emulator.api.world({ after: number, waitSeconds: 32, live: "test" });
    expect((await described(id)).State?.Name).to.equal("pending");
  });
});
