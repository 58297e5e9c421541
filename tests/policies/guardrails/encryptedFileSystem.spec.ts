import { expect } from "chai";

import { encryptedFileSystem } from "../../../policies/guardrails/rules/encryptedFileSystem";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";
import { remediate } from "../support/judge";

const uploads = fixture("aws:efs/fileSystem:FileSystem", "uploads", { encrypted: true });

describe("encrypted-file-system", () => {
  itPasses(encryptedFileSystem, "an encrypted file system", uploads);
  for (const encrypted of [false, undefined]) {
    itRefuses(encryptedFileSystem, `encrypted ${String(encrypted)}`, spoil(uploads, { encrypted }), {
      at: "encrypted",
      value: encrypted,
      allowed: "true",
    });
  }

  it("remediates what it refuses", async () => {
    const remediated = await remediate(encryptedFileSystem, spoil(uploads, { encrypted: false }));
    expect(remediated).to.deep.equal({ encrypted: true });
  });
});
