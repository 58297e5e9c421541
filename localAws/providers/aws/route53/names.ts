/** A domain name in the SDK's form: in lower case, without the final dot. */
export function domainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** A record's full name: a name that does not end with the zone's gets it as its suffix. */
export function wholeName(name: string, zoneName: string): string {
  const record = domainName(name);
  const zone = domainName(zoneName);
  if (record === "") return zone;
  return record === zone || record.endsWith(`.${zone}`) ? record : `${record}.${zone}`;
}

/** Route 53 returns `*` as an octal code. */
export function unescaped(name: string): string {
  return name.replace(/\\052/g, "*");
}

/** An id such as `/hostedzone/Z123` without its type. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
