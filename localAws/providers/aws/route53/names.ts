/** A domain name as the SDK tells it: in small letters, without the dot at its end. */
export function domainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** A record's whole name: one that does not end in the zone's is within it. */
export function wholeName(name: string, zoneName: string): string {
  const record = domainName(name);
  const zone = domainName(zoneName);
  if (record === "") return zone;
  return record === zone || record.endsWith(`.${zone}`) ? record : `${record}.${zone}`;
}

/** Route 53 writes `*` as an octal code. */
export function unescaped(name: string): string {
  return name.replace(/\\052/g, "*");
}

/** An id such as `/hostedzone/Z123` without its kind. */
export function bareId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
