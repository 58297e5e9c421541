import { expect } from "chai";

import { keyPair } from "../../../../localAws/providers/aws/ec2/keyPair";
import { ed25519Key, rsaKey } from "../../../components/wordpressFleet/keys";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, end, expectInStep, make, preview, problemsOf, refresh } from "./life";

describe("EC2's key pairs on the emulator", () => {
  const account = emulatedAccount();
  const publicKey = ed25519Key;

  it("are imported under a generated name, tagged and deleted; another key replaces the pair", async () => {
    const { aws } = account;
    const made = await make(aws, keyPair, { publicKey, tags: { Stack: "dev" } });
    expect(made.id).to.match(/^thing-[0-9a-f]{7}$/);
    expect(made.state).to.include({ keyName: made.id, keyType: "ed25519", publicKey });
    await expectInStep(aws, made);

    const retagged = await change(aws, made, { publicKey, tags: { Stack: "prod" } });
    expect(retagged.state["tags"]).to.deep.equal({ Stack: "prod" });
    expect(preview(retagged, { publicKey: rsaKey(2_048), tags: { Stack: "prod" } }).replaced).to.deep.equal([
      "publicKey",
    ]);
    await end(aws, retagged);
    expect(await refresh(aws, retagged)).to.equal(undefined);
  });

  it("are refused with types and lengths that EC2 refuses", async () => {
    const { aws } = account;
    await end(aws, await make(aws, keyPair, { publicKey: rsaKey(4_096) }));
    expect(await rejectionOf(make(aws, keyPair, { publicKey: rsaKey(3_072) }))).to.include("3072");
    expect(await rejectionOf(make(aws, keyPair, { publicKey: "ssh-ed25519 nonsense" }))).to.include(
      "OpenSSH",
    );
    expect(problemsOf(keyPair, {}).map(({ property }) => property)).to.deep.equal(["publicKey"]);
  });
});
