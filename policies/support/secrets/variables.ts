/** Words in the name of a variable that contains a secret. */
const secretWords =
  /^(?:[a-z]*(?:password|passwd|passphrase)|pwd|secret|token|credentials?|apikey|privatekey)$/;

/** Words that make a secret of a `key` or a `salt`, e.g. API_KEY. */
const keyKinds = /^(?:api|access|auth|private|secret|signing|encryption|master|account|shared|nonce)$/;

/** Last words of a name whose value is about a secret, not the secret. */
const aboutSecrets =
  /^(?:algorithm|arn|attribute|audience|authentication|backend|bucket|class|cookie|count|days|duration|enabled|endpoint|env|expir(?:y|es|ation)|field|file|form|format|function|group|handler|header|host|hours|id|interval|issuer|label|length|lifespan|lifetime|limit|manager|max|min|minutes|mode|name|namespace|param|parameter|path|pattern|period|policy|port|prefix|prompt|provider|ref|regex|region|required|reset|role|rotation|scope|seconds|size|source|stage|stdin|store|strategy|suffix|table|timeout|topic|ttl|type|uri|url|user|username|validity|vault|version)$/;

/** Whether a variable's name states that its value is a secret, e.g. `DB_PASSWORD` or `apiKey`, but not `SECRET_ARN`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  // PWD alone is the shell's folder.
  if (words.join() === "pwd" || aboutSecrets.test(last)) return false;
  return words.some(
    (word, index) =>
      secretWords.test(word) ||
      (/^(?:key|salt)$/.test(word) && keyKinds.test(words[index - 1] ?? "")) ||
      // DB_PASS; PASS alone is a result.
      (word === "pass" && index > 0 && index === words.length - 1),
  );
}

/** Values that refer to a secret elsewhere: an ARN, a path, a shell's or a template's expression, an address. */
const reference = /^(?:arn:|\/|~|\$|`|<|%|\{|\(|!|@|ssm:|secretsmanager:|vault:|file:|https?:\/\/[^@]*$)/i;
const setting =
  /^(?:true|false|yes|no|on|off|none|null|nil|undefined|required|optional|enabled|disabled|default|string|str|text|number|int|integer|bool|boolean|object|any|\*+|x+|\.+)$/i;

/** A part that a shell or a template replaces. */
const expression = /\$[\w{(]|\{\{|%[sd({]/;

/** Whether a value is a literal that may be a secret. */
export function isLiteralSecret(name: string, value: string): boolean {
  const text = value.trim().replace(/^(["'])(.*)\1$/, "$2");
  if (text.length < 4 || reference.test(text) || setting.test(text) || expression.test(text)) return false;
  // A secret of Secrets Manager by its name.
  return !(
    /secret$|credentials?$/i.test(name) && /^[a-z][\w.-]*(?:\/[\w.-]+)+$|^[a-z]+(?:-[a-z]+)+$/.test(text)
  );
}
