import { expect } from "chai";

import { attempt } from "../../../localAws/live/command";

describe("a command that something stops", () => {
  it("is continued, and ends", async () => {
    const outcome = await attempt(["sh", "-c", "kill -STOP $$; kill -STOP $$; echo continued twice"], {
      continued: true,
    });
    expect(outcome).to.deep.equal({ exitCode: 0, output: "continued twice\n" });
  });
});
