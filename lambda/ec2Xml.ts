import { parseXML } from "@aws-sdk/xml-builder";

/** An element of EC2's answers: text, or elements by name. */
export type Xml = unknown;

/** What EC2 refused; its name is EC2's code, as with the SDK's errors. */
export class Ec2Error extends Error {
  constructor(
    code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
    this.name = code;
  }
}

/** The content of an answer's outermost element. */
export function parseEc2Xml(text: string): Xml {
  const answer: unknown = parseXML(text);
  if (typeof answer !== "object" || answer === null) return undefined;
  const contents: readonly unknown[] = Object.values(answer);
  return contents[0];
}

export function ec2ErrorOf(status: number, text: string): Ec2Error {
  // A proxy, or EC2 in trouble, may answer something else.
  if (!text.trimStart().startsWith("<")) return new Ec2Error(`Status${status}`, text, status);
  const error = elementOf(parseEc2Xml(text), "Errors", "Error");
  return new Ec2Error(textIn(error, "Code") ?? `Status${status}`, textIn(error, "Message") ?? text, status);
}

/** The element at a path of names. */
export function elementOf(element: Xml, ...path: readonly string[]): Xml {
  return path.reduce<Xml>(
    (parent, name) => (typeof parent === "object" && parent !== null ? Reflect.get(parent, name) : undefined),
    element,
  );
}

/** The text at a path of names. */
export function textIn(element: Xml, ...path: readonly string[]): string | undefined {
  const found = elementOf(element, ...path);
  return typeof found === "string" ? found : undefined;
}

/** The items of a list, which EC2 writes as `<somethingSet><item>…</item></somethingSet>`. */
export function itemsIn(element: Xml, listName: string): readonly Xml[] {
  const item = elementOf(element, listName, "item");
  if (item === undefined) return [];
  return Array.isArray(item) ? item : [item];
}
