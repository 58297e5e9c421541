import { expect } from "chai";
import { gzipSync } from "node:zlib";

import { decodedUserData, secretIn, secretOf } from "../../../policies/support/secrets/text";
import { isLiteralSecret, isSecretName } from "../../../policies/support/secrets/variables";

describe("secrets in plain text", () => {
  it("are in variables with certain names", () => {
    for (const name of [
      "DB_PASSWORD",
      "apiKey",
      "GITHUB_TOKEN",
      "db-passwd",
      "DB_PWD",
      "SIGNING_KEY",
      "Secret1",
    ]) {
      expect(isSecretName(name), name).to.equal(true);
    }
    for (const name of [
      "SECRET_ARN",
      "PASSWORD_FILE",
      "TOKEN_TTL",
      "PWD",
      "KEY_PAIR",
      "LOG_LEVEL",
      "tokens",
      "key",
    ]) {
      expect(isSecretName(name), name).to.equal(false);
    }
  });

  it("are literals, not references", () => {
    for (const value of ["hunter2", "'hunter2'", '"p4ssword"', "1234"]) {
      expect(isLiteralSecret("DB_PASSWORD", value), value).to.equal(true);
    }
    for (const value of [
      "$PASSWORD",
      "arn:aws:x",
      "/run/secret",
      "`cat x`",
      "{{ x }}",
      "true",
      "abc",
      "",
      "a${b}cd",
    ]) {
      expect(isLiteralSecret("DB_PASSWORD", value), value).to.equal(false);
    }
    expect(isLiteralSecret("DB_SECRET", "prod/db")).to.equal(false);
    expect(isLiteralSecret("DB_PASSWORD", "prod/db")).to.equal(true);
  });

  it("have a message without the secret", () => {
    expect(secretOf("DB_PASSWORD", "hunter22")).to.equal("a literal value of DB_PASSWORD");
    expect(secretOf("X", `AKIA${"A".repeat(16)}`)).to.equal("an AWS access key");
    expect(secretOf("URL", "postgres://app:hunter22@db/app")).to.equal("a password in an address");
    expect(secretOf("URL", "postgres://db:5432/app")).to.equal(undefined);
    expect(secretIn("#!/bin/sh\nexport A=b DB_PASSWORD=hunter22")).to.equal("a literal value of DB_PASSWORD");
    expect(secretIn("#!/bin/sh\nexport DB_PASSWORD=$(fetch)")).to.equal(undefined);
    expect(secretIn("$made = ['username' => 'admin', 'password' => bin2hex(random_bytes(24))];")).to.equal(
      undefined,
    );
  });

  it("are found in compressed user data", () => {
    const text = "#!/bin/sh\necho hello\n";
    expect(decodedUserData(text)).to.equal(text);
    expect(decodedUserData(Buffer.from(text).toString("base64"))).to.equal(text);
    expect(decodedUserData(gzipSync(text).toString("base64"))).to.equal(text);
  });
});
