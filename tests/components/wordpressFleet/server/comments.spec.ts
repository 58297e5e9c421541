import { expect } from "chai";

import { withoutComments } from "../../../../components/wordpressFleet/server/comments";

describe("withoutComments", () => {
  it("drops whole lines of comment from a script, and no other #", () => {
    const script = '#!/bin/sh\n# why\n  # indented\necho "# text" # behind\n';
    expect(withoutComments("a.sh", script)).to.equal('#!/bin/sh\necho "# text" # behind\n');
  });

  it("drops PHP's comments and docblocks", () => {
    const code = "<?php\n// why\n/** What.\n * More.\n */\n$a = 2 * 3; // behind\n";
    expect(withoutComments("a.php", code)).to.equal("<?php\n$a = 2 * 3; // behind\n");
  });

  it("knows both signs of configuration files", () => {
    expect(withoutComments("a.conf", "; one\n# two\nlisten = 80\n")).to.equal("listen = 80\n");
  });

  it("refuses a kind of file that it has no rule for", () => {
    expect(() => withoutComments("a.yaml", "")).to.throw('add "yaml" to commentLines');
  });
});
