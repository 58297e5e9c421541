import { expect } from "chai";
import fc from "fast-check";

import { parseSshPublicKey } from "../../../components/wordpressFleet/sshPublicKey";
import { ed25519Key, keyOf, rsaKey } from "./keys";

const isTaken = (text: string) => parseSshPublicKey(text) !== undefined;

describe("an SSH public key", () => {
  it("is accepted as ed25519, and as RSA of the strong lengths that EC2 supports", () => {
    expect(isTaken(ed25519Key)).to.equal(true);
    for (const bits of [2_048, 4_096]) expect(isTaken(rsaKey(bits)), String(bits)).to.equal(true);
    // ssh-keygen creates RSA keys of 3072 bits by default, which EC2 refuses.
    for (const bits of [1_024, 2_047, 2_049, 3_072, 8_192]) {
      expect(isTaken(rsaKey(bits)), String(bits)).to.equal(false);
    }
  });

  it("may have a comment, which is removed", () => {
    for (const comment of ["", " ", " kim@laptop", " Kim Jihun, 노트북"]) {
      expect(parseSshPublicKey(`${ed25519Key}${comment}`)?.text).to.equal(ed25519Key);
    }
  });

  it("is one line with one key", () => {
    for (const wrong of [
      "",
      "ssh-ed25519",
      `${ed25519Key}\n`,
      `${ed25519Key}\n${ed25519Key}`,
      ` ${ed25519Key}`,
      ed25519Key.replace(" ", "  "),
      `from="10.0.0.0/8" ${ed25519Key}`,
      "~/.ssh/id_ed25519.pub",
      "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----",
    ]) {
      expect(isTaken(wrong), wrong).to.equal(false);
    }
  });

  it("is complete, and of the type that it names", () => {
    const body = Buffer.alloc(32, 7);
    expect(isTaken(keyOf("ssh-ed25519", [body]))).to.equal(true);
    expect(isTaken(keyOf("ssh-ed25519", [body.subarray(1)]))).to.equal(false);
    expect(isTaken(keyOf("ssh-ed25519", [body, body]))).to.equal(false);
    expect(isTaken(keyOf("ssh-ed25519", []))).to.equal(false);
    expect(isTaken(keyOf("ssh-ed25519", [body], "ssh-rsa"))).to.equal(false);
    expect(isTaken(keyOf("ssh-rsa", [Buffer.from([1, 0, 1]), Buffer.alloc(256)]))).to.equal(false);
    expect(isTaken(keyOf("ecdsa-sha2-nistp256", [Buffer.from("nistp256"), Buffer.alloc(65, 4)]))).to.equal(
      false,
    );
    expect(isTaken(keyOf("sk-ssh-ed25519@openssh.com", [body]))).to.equal(false);
  });

  it("is refused when any part of its end is missing", () => {
    const [type = "", base64 = ""] = rsaKey(2_048).split(" ");
    const bytes = Buffer.from(base64, "base64");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(isTaken(`${type} ${bytes.subarray(0, length).toString("base64")}`)).to.equal(false);
      }),
    );
  });
});
