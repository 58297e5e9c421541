import { expect } from "chai";

import {
  compact,
  withoutComments,
  withoutBlanks,
} from "../../../../components/wordpressFleet/server/comments";

describe("withoutComments", () => {
  it("drops comment lines from a script, and no other #", () => {
    const script = '#!/bin/sh\n# why\n  # indented\necho "# text" # behind\n';
    expect(withoutComments("a.sh", script)).to.equal('#!/bin/sh\necho "# text" # behind\n');
  });

  it("drops PHP's comments and docblocks", () => {
    const code = "<?php\n// why\n/** What.\n * More.\n */\n$a = 2 * 3; // behind\n";
    expect(withoutComments("a.php", code)).to.equal("<?php\n$a = 2 * 3; // behind\n");
  });

  it("drops both kinds of comments in configuration files", () => {
    expect(withoutComments("a.conf", "; one\n# two\nlisten = 80\n")).to.equal("listen = 80\n");
  });

  for (const [name, comment, line] of [
    ["a.ini", "  ; why", "upload = 1 ; behind"],
    ["a.ini", ";why", "x;y = 1"],
    ["a.conf", " \t# why", "listen = 80 # behind"],
    ["a.txt", "# why", "nginx # behind"],
    ["a.service", "# why", "ExecStart=/bin/true # behind"],
    ["a.timer", "# why", "OnBootSec=1 # behind"],
    ["a.path", "# why", "PathChanged=/a # behind"],
    ["a.preset", "# why", "enable a.service # behind"],
    ["a.mount", "# why", "Where=/a # behind"],
    ["b.a.sh", "\t# why", "echo '#!'"],
  ] as const) {
    it(`drops "${comment}" from ${name}, and keeps "${line}"`, () => {
      expect(withoutComments(name, `${line}\n${comment}\n${line}\n`)).to.equal(`${line}\n${line}\n`);
    });
  }

  it("refuses a kind of file that it has no rule for", () => {
    expect(() => withoutComments("a.yaml", "")).to.throw('add "yaml" to commentLines');
  });
});

describe("withoutBlanks", () => {
  const tight = (line: string) => withoutBlanks("a.php", `<?php\n${line}\n`).slice(6).trimEnd();

  for (const [line, tighter] of [
    ["if ($a === null && !is_b($c)) {", "if($a===null&&!is_b($c)){"],
    ["return new Error($a instanceof B);", "return new Error($a instanceof B);"],
    ['$a = \'two  words\' . "and \\" more";', '$a=\'two  words\'."and \\" more";'],
    ["$a = '\\\\' . ' b';", "$a='\\\\'.' b';"],
    ["$a = 1 . 'b' . 2;", "$a=1 .'b'. 2;"],
    ["$a - -1 + +$b & &$c ?? d();", "$a- -1+ +$b& &$c??d();"],
    ["throw new \\Error(static fn () => 1);", "throw new \\Error(static fn()=>1);"],
    [
      "$a = [\n  1,\n  fn () => 2,\n];\n\nif ($a)\n{\n  b();\n}\nc();",
      "$a=[1,fn()=>2,];\nif($a){\nb();\n}\nc();",
    ],
    ["return $a\n  and $b;", "return $a and $b;"],
    ["$a = '// no comment, <<< no heredoc';", "$a='// no comment, <<< no heredoc';"],
  ] as const) {
    it(`shortens ${JSON.stringify(line)} to ${JSON.stringify(tighter)}`, () => {
      expect(tight(line)).to.equal(tighter);
    });
  }

  for (const line of ["$a = <<<TEXT", "?> text", "$a = 1; // why", "$a = 1; # why", "$a = 1; /* why */"]) {
    it(`refuses ${line}`, () => {
      expect(() => tight(line)).to.throw("a.php has");
    });
  }
});

describe("compact", () => {
  it("keeps the blanks in files other than PHP", () => {
    expect(compact("a.conf", "a = 1;\n")).to.equal("a = 1;\n");
    expect(compact("a.php", "<?php\n// why\n  $a = 1;\n")).to.equal("<?php\n$a=1;\n");
  });

  it("keeps commands without leading blanks", () => {
    const script = '#!/bin/sh\n\n# why\nif true; then\n  echo "two  blanks"\n\t# why\n\techo tab\nfi';
    expect(compact("a.sh", script)).to.equal('#!/bin/sh\nif true; then\necho "two  blanks"\necho tab\nfi\n');
  });
});
