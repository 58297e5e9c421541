import { expect } from "chai";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

import { startGateway, type Gateway } from "../../../localAws/gateway";
import type { World } from "../../../localAws/live/world";
import type { Internet, VisitOptions } from "../../../students/account/internet";
import { NotSeenError } from "../../../students/account/notSeen";
import { certificateFor, classFingerprint } from "../../../students/served/certificate";
import { gatewayInternet } from "../../../students/served/gatewayInternet";
import { classPages } from "../../../students/served/pages";
import { exampleWorld } from "../../support/exampleWorld";

const key = { accessKeyId: "AKIAKIMKIMKIMKIMKIM2", secretAccessKey: "kim/+secret" };
const unseen = { en: "nothing boots", ko: "부팅하지 않음" };

describe("the internet of a class's emulator, from a student's computer", () => {
  const world: World = exampleWorld();
  const [place] = world.places;
  const accountId = place?.accountId ?? "";
  const balancer = place?.loadBalancers[0]?.dnsName ?? "";
  const [address = ""] = (place?.loadBalancers[0]?.interfaces ?? []).flatMap((each) => each.publicIp ?? []);
  let answer: () => ReturnType<Internet["visit"]>;
  let visits: (readonly [string, VisitOptions["at"]])[];
  let gateway: Gateway;
  let folder: string;

  const internet: Internet = {
    resolve: (name) => Promise.resolve(name === balancer ? [address] : name === "lee" ? ["203.0.113.9"] : []),
    visit: (url, { at } = {}) => {
      visits.push([url.href, at]);
      return answer();
    },
  };
  const start = async (owner = accountId, tls?: { certificate: string; key: string }, authority?: string) => {
    gateway = await startGateway({
      emulator: "http://127.0.0.1:9",
      keyOf: (id) => (id === key.accessKeyId ? { ...key, accountId: owner } : undefined),
      address: "127.0.0.1",
      port: 0,
      pages: classPages({ internet, world: () => Promise.resolve(world), authority }),
      ...(tls === undefined ? {} : { tls }),
    });
  };
  const otherwise: Internet = {
    resolve: () => Promise.resolve(["otherwise"]),
    visit: () => Promise.resolve({ status: 299 }),
  };
  const seenBy = (credentials = key) =>
    gatewayInternet(
      { endpoint: `http://127.0.0.1:${gateway.port}`, region: "us-east-1", credentials },
      otherwise,
    );
  const failure = async (work: Promise<unknown>): Promise<unknown> =>
    await work.then(
      () => expect.fail("it was answered"),
      (error: unknown) => error,
    );

  beforeEach(async () => {
    visits = [];
    answer = () => Promise.resolve({ status: 301, location: "https://a.example/", untrusted: "X" });
    folder = await mkdtemp(path.join(tmpdir(), "served-"));
  });
  afterEach(async () => {
    await gateway.close();
    await rm(folder, { recursive: true });
  });

  it("has the emulator's names, and answers visits to the site of the key's account", async () => {
    await start();
    expect(await seenBy().resolve(balancer)).to.deep.equal([address]);
    expect(await seenBy().visit(new URL(`http://${balancer}/?visit=1`))).to.deep.equal(await answer());
    const url = new URL("https://a.example/?visit=2");
    expect((await seenBy().visit(url, { at: balancer })).status).to.equal(301);
    expect((await seenBy().visit(new URL(`http://${address}/`))).status).to.equal(301);
    expect(visits).to.deep.equal([
      [`http://${balancer}/?visit=1`, balancer],
      ["https://a.example/?visit=2", balancer],
      [`http://${address}/`, address],
    ]);
  });

  it("refuses visits to another account, to this machine and to unknown names, and visits nothing", async () => {
    await start("999999999999");
    for (const host of [balancer, address, "lee", "127.0.0.1", "169.254.169.254", "no.example"]) {
      const error = await failure(seenBy().visit(new URL(`http://${host}/`)));
      expect(String(error), host).to.include("is not in the account of this key");
    }
    expect(visits).to.deep.equal([]);
  });

  it("reports what cannot be seen with its reason, and a site that does not answer as such", async () => {
    await start();
    answer = () => Promise.reject(new NotSeenError(unseen, unseen));
    const error = await failure(seenBy().visit(new URL(`http://${balancer}/`)));
    expect(error).to.be.instanceOf(NotSeenError).with.deep.property("reason", unseen);
    answer = () => Promise.reject(new Error("ECONNREFUSED"));
    const refused = await failure(seenBy().visit(new URL(`http://${balancer}/`)));
    expect(refused).to.not.be.instanceOf(NotSeenError);
    expect(String(refused)).to.include("ECONNREFUSED");
  });

  it("is closed without a valid signature", async () => {
    await start();
    const wrong = seenBy({ ...key, secretAccessKey: "guess" });
    expect(String(await failure(wrong.visit(new URL(`http://${balancer}/`))))).to.include("answered 403");
    const unsigned = await fetch(`http://127.0.0.1:${gateway.port}/_class/visit`, {
      method: "POST",
      body: JSON.stringify({ url: `http://${balancer}/` }),
    });
    expect(unsigned.status).to.equal(403);
    expect(visits).to.deep.equal([]);
  });

  it("is asked otherwise where the endpoint is no gateway of a class", async () => {
    gateway = await startGateway({
      emulator: "http://127.0.0.1:9",
      keyOf: () => undefined,
      address: "127.0.0.1",
      port: 0,
    });
    const xml = await import("node:http").then(({ createServer }) =>
      createServer((_request, response) => {
        response.writeHead(404, { "content-type": "application/xml" }).end("<Error/>");
      }).listen(0, "127.0.0.1"),
    );
    await once(xml, "listening");
    const at = xml.address();
    const port = typeof at === "object" && at !== null ? at.port : 0;
    const direct = gatewayInternet(
      { endpoint: `http://127.0.0.1:${port}`, region: "us-east-1", credentials: key },
      otherwise,
    );
    expect(await direct.resolve(balancer)).to.deep.equal(["otherwise"]);
    expect((await direct.visit(new URL(`http://${balancer}/`))).status).to.equal(299);
    xml.close();
  });

  it("comes by HTTPS with a certificate whose authority everyone can fetch, and which stays", async () => {
    const certificate = await certificateFor({ folder }, "https://192.168.0.10:4580");
    await start(accountId, certificate.gateway, certificate.authority);
    expect(await classFingerprint({ folder })).to.equal(certificate.fingerprint);
    const again = await certificateFor({ folder }, "https://192.168.0.11:4580");
    expect(again.fingerprint).to.equal(certificate.fingerprint);
    const url = `https://127.0.0.1:${gateway.port}/_class/authority.pem`;
    const pem = await new Promise<string>((resolve, reject) => {
      get(url, { ca: certificate.authority }, (response) => {
        text(response).then(resolve, reject);
      }).once("error", reject);
    });
    expect(new X509Certificate(pem).fingerprint256).to.equal(certificate.fingerprint);
    const { certificate: own } = certificate.gateway;
    expect(new X509Certificate(own).checkIP("192.168.0.10")).to.equal("192.168.0.10");
  });
});
