import { gunzipSync } from "node:zlib";

import { isLiteralSecret, isSecretName } from "./variables";

/** Secrets that have a form of their own. */
const forms: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: "an AWS access key", form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a private key", form: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY/ },
  { what: "a GitHub token", form: /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/ },
  { what: "a GitLab token", form: /\bglpat-[\w-]{20,}/ },
  { what: "a Slack token", form: /\bxox[abprs]-[\w-]{10,}/ },
  { what: "a Stripe key", form: /\b[rs]k_live_\w{10,}/ },
  { what: "a webhook of Slack", form: /\bhooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,}/ },
  { what: "an npm token", form: /\bnpm_[A-Za-z\d]{36}\b/ },
  { what: "a SendGrid key", form: /\bSG\.[\w-]{22}\.[\w-]{43}\b/ },
  { what: "an OpenAI or Anthropic key", form: /\bsk-(?:ant|proj)-[\w-]{20,}/ },
  { what: "a Docker token", form: /\bdckr_pat_[\w-]{20,}/ },
  { what: "a Google key", form: /\bAIza[\w-]{35}\b/ },
  {
    what: "a password in an address",
    form: /\b[a-z][a-z\d+.-]*:\/\/[\w.%+-]*:(?![$<{%`])[^\s/@"'$\\]{3,}@/i,
  },
  {
    what: "a password of an account",
    form: /\bidentified\s+(?:with\s+\S+\s+)?by\s+(["'])(?![$<{%`])[^"'$]{4,}\1/i,
  },
  {
    what: "a password of an account",
    form: /["']?[\w-]+:(?![$<{%`])[^\s:"'$]{4,}["']?\s*\|\s*(?:sudo\s+)?chpasswd\b/,
  },
  {
    // cloud-init's list of `user:password`; `R` and `RANDOM` ask for a random one, `$` begins a hash.
    what: "a password of an account",
    form: /^chpasswd:[^\S\n]*\n(?:[^\S\n]+.*\n)*?[^\S\n]+list:.*\n(?:\s*(?:- )?[\w-]+:(?:R|RANDOM|\$.*)[^\S\n]*\n)*\s*(?:- )?["']?[\w-]+:(?!(?:R|RANDOM)\s*$)[^\s$"']{4,}/m,
  },
  {
    what: "a password of a command",
    form: /\bcurl\b[^\n|;]*\s(?:-u|--user|--proxy-user)[\s=]*["']?[\w.@-]+:(?![$<{%`])[^\s"'$]{4,}/,
  },
  {
    what: "a password of a command",
    form: /\b(?:sshpass\s+-p|docker\s+login\b[^\n|;]*\s-p|redis-cli\b[^\n|;]*\s-a)\s*["']?(?![$<{%`"'\s-]|assword)[^\s"'$]{4,}/,
  },
  {
    what: "a password of a command",
    form: /\b(?:echo|printf)\s+(?:-\w+\s+)?(["']?)(?![$<{%`-])[^\s"'$|]{4,}\1\s*\|[^\n|]*--password-stdin\b/,
  },
  {
    what: "a password of a host",
    form: /\bmachine\s+\S+\s+login\s+\S+\s+password\s+(?![$<{%`])[^\s"'$]{4,}/,
  },
  {
    what: "a password of a command",
    form: /\bmysql(?:admin|dump)?\b[^\n|;]*\s-p(?![$<{%`"'\s]|assword)[^\s]{4,}/,
  },
];

/** A literal in quotes. */
const quoted = String.raw`("[^"\n]*"|'[^'\n]*')`;

/**
 * Assignments. Without quotes, a value is a literal in a shell and in YAML, but an expression in code: then it has
 * brackets, or blanks around its sign.
 */
const assignments: readonly RegExp[] = [
  // NAME="value", $name = 'value', 'name' => 'value'
  new RegExp(String.raw`([A-Za-z_][\w.-]*)["']?\s*=>?\s*${quoted}`, "g"),
  // NAME=value of a shell, --name=value
  /(?:^|[\s;&|({-])([A-Za-z_][\w.-]*)=([^\s"'`;&|(){}[\]<>]+)(?=$|[\s;&|)])/gm,
  // "name": "value"
  new RegExp(String.raw`["']([A-Za-z_][\w.-]*)["']\s*:\s*${quoted}`, "g"),
  // name: value of YAML
  /^\s*(?:- )?["']?([A-Za-z_][\w.-]*)["']?:\s+("[^"\n]*"|'[^'\n]*'|[^\s"',(){}[\]]+)\s*$/gm,
  // { name: value } of YAML
  /[{,]\s*([A-Za-z_][\w.-]*):\s+("[^"\n]*"|'[^'\n]*'|[^\s"',(){}[\]]+)\s*(?=[,}])/g,
  // --name value
  /(?:^|\s)--([a-z][\w-]*)\s+("[^"\n]*"|'[^'\n]*'|[^\s"';&|(){}-][^\s"';&|(){}]*)/g,
  new RegExp(String.raw`\bdefine\(\s*["'](\w+)["']\s*,\s*${quoted}\s*\)`, "g"),
];

/** The sections of a buildspec whose values are names in Secrets Manager and Parameter Store. */
const referenceSections =
  /^([ \t]*)(?:secrets-manager|parameter-store):[ \t]*\n(?:\1[ \t]+[^\n]*(?:\n|$))+/gm;

/** What secret a text contains, as a message may state it; `undefined` when none is found. */
export function secretIn(text: string): string | undefined {
  const found = forms.find(({ form }) => form.test(text));
  if (found !== undefined) return found.what;
  const literals = text.replace(referenceSections, "");
  for (const assignment of assignments) {
    for (const [, name = "", value = ""] of literals.matchAll(assignment)) {
      if (isSecretName(name) && isLiteralSecret(name, value)) return `a literal value of ${name}`;
    }
  }
  return undefined;
}

/** What secret a variable contains. Its value may be an address, options or a script. */
export function secretOf(name: string, value: string): string | undefined {
  if (isSecretName(name) && isLiteralSecret(name, value)) return `a literal value of ${name}`;
  return secretIn(value);
}

/** The text of user data, which may be in base64 and compressed, with what is so within it. */
export function decodedUserData(data: string): string {
  return withDecodedParts(decoded(data) ?? data);
}

/** Lines of base64 of a script, as in a part of a MIME message, a file of cloud-init, or `echo … | base64 -d`. */
const encodedPart = /[A-Za-z\d+/]{16,}(?:\r?\n[A-Za-z\d+/]+)*={0,2}/g;

/** The text, and after it its parts that are base64 of a text. */
function withDecodedParts(text: string): string {
  const parts = [...text.matchAll(encodedPart)].flatMap(([part]) => {
    const plain = decoded(part);
    return plain === undefined || !isText(plain) ? [] : [plain];
  });
  return [text, ...parts].join("\n");
}

/** The text of base64, which may be compressed; `undefined` if the data is not base64. */
function decoded(data: string): string | undefined {
  const compact = data.replace(/\s+/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z\d+/]+={0,2}$/.test(compact)) return undefined;
  const bytes = Buffer.from(compact, "base64");
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isCompressed ? unzipped(bytes) : bytes)?.toString("utf8");
}

/** `undefined` for bytes that only begin as gzip does. */
function unzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** Whether decoded bytes are a text: a certificate, a key of SSH and an image are not. */
function isText(text: string): boolean {
  return !/[\0-\x08\x0e-\x1f\ufffd]/.test(text);
}
