import { expect } from "chai";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { secretsKeeperEnvironment } from "../../engine/secretsKeeper";

describe("the secrets provider of local stacks", () => {
  async function ask(path: string, body: object): Promise<{ status: number; answered: unknown }> {
    const { VAULT_SERVER_URL = "" } = await secretsKeeperEnvironment();
    const answer = await fetch(`${VAULT_SERVER_URL}/v1/${path}`, {
      method: "PUT",
      body: JSON.stringify(body),
    });
    const answered: unknown = await answer.json();
    return { status: answer.status, answered };
  }

  it("answers as Vault's transit engine does, and decrypts what it encrypted", async () => {
    const plaintext = Buffer.from("key").toString("base64");
    const encrypted = await ask("transit/encrypt/local", { plaintext });
    expect(encrypted).to.deep.equal({ status: 200, answered: { data: { ciphertext: "vault:v1:a2V5" } } });
    const decrypted = await ask("transit/decrypt/local", { ciphertext: "vault:v1:a2V5" });
    expect(decrypted).to.deep.equal({ status: 200, answered: { data: { plaintext } } });
  });

  it("refuses another key, and a value that it did not encrypt", async () => {
    expect(await ask("transit/decrypt/other", { ciphertext: "vault:v1:a2V5" })).to.have.property(
      "status",
      404,
    );
    expect(await ask("transit/decrypt/local", { ciphertext: "a2V5" })).to.have.property("status", 404);
  });

  it("survives an engine that ends during its request", async () => {
    const { VAULT_SERVER_URL = "" } = await secretsKeeperEnvironment();
    const cutOff = request(`${VAULT_SERVER_URL}/v1/transit/encrypt/local`, { method: "PUT" });
    cutOff.on("error", () => undefined).setHeader("content-length", 100);
    cutOff.write("{");
    await sleep(50);
    const unhandled: unknown[] = [];
    const keep = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", keep);
    cutOff.destroy();
    await sleep(50);
    process.off("unhandledRejection", keep);
    expect(unhandled).to.deep.equal([]);
    expect(await ask("transit/decrypt/local", { ciphertext: "vault:v1:a2V5" })).to.have.property(
      "status",
      200,
    );
  });

  it("is the same for all runs of a process, and does not use a user's own Vault", async () => {
    const environment = await secretsKeeperEnvironment();
    expect(await secretsKeeperEnvironment()).to.deep.equal(environment);
    expect(environment).to.include({ VAULT_AGENT_ADDR: "", VAULT_NAMESPACE: "" });
    expect(environment["VAULT_SERVER_URL"]).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
