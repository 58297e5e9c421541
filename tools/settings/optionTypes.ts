import { format } from "prettier";
import { z } from "zod";

import { withoutWrapper } from "../../components/settings/schemaAt";
import { readTypeName } from "../../components/settings/stated";
import { groupFacts, shapeOf, type SettingFacts } from "./facts";
import { docComment, tsDoc } from "./tsDoc";

/** A component whose options are generated. */
export interface OptionGroup {
  /** The group in a stack's settings, e.g. `fleet`. */
  readonly group: string;
  /** The first part of the types' names, e.g. `Fleet`. */
  readonly prefix: string;
  /** The component's folder. */
  readonly folder: string;
  readonly schema: z.ZodObject;
}

/** The content of a component's `options.ts`: readable interfaces, from the schema of its settings. */
export function optionTypes({ group, prefix, schema }: OptionGroup): Promise<string> {
  const file = new OptionFile(prefix);
  const facts = groupFacts(group, schema);
  file.object(`${prefix}Options`, `The settings of the ${group}. All are optional.`, facts);
  file.settled(`${prefix}Settings`, `${prefix}Options`, "The settings with every default.", facts);
  return format(file.text(), { parser: "typescript", printWidth: 110 });
}

/** Collects the declarations of a file: each type before the types of its parts. */
class OptionFile {
  private readonly declarations: string[] = [];
  private readonly imports = new Map<string, string>();

  constructor(private readonly prefix: string) {}

  text(): string {
    const imports = [...this.imports].map(([name, from]) => `import type { ${name} } from "${from}";`);
    const notice = "// Generated from settings.ts by `npm run docs`; change that file, not this one.";
    return [imports.join("\n"), notice, ...this.declarations].filter((part) => part !== "").join("\n\n");
  }

  /** Declares the interface of a caller's options. */
  object(name: string, meaning: string, fields: readonly SettingFacts[]): void {
    const slot = this.reserve();
    const members = fields.map((field) => {
      const optional = field.default !== undefined;
      const type = this.typeOf(field.schema, this.nameOf(field), field);
      return `${tsDoc(field)}\nreadonly ${field.name}${optional ? "?" : ""}: ${type}${optional ? " | undefined" : ""};`;
    });
    this.fill(slot, `interface ${name}`, meaning, `{\n${members.join("\n\n")}\n}`);
  }

  /**
   * Declares the interface of the same options with defaults. An editor shows the documentation of the extended
   * interface.
   */
  settled(name: string, base: string, meaning: string, fields: readonly SettingFacts[]): void {
    const slot = this.reserve();
    const members = fields
      .filter(({ schema }) => hasDefault(schema))
      .map((field) => {
        const optional = field.default !== undefined && !field.default.isValue;
        const type = this.settledType(field.schema, this.nameOf(field), field);
        return `readonly ${field.name}${optional ? "?" : ""}: ${type}${optional ? " | undefined" : ""};`;
      });
    this.fill(slot, `interface ${name} extends ${base}`, meaning, `{\n${members.join("\n")}\n}`);
  }

  /** Reserves a place for a declaration before the declarations of its parts. */
  private reserve(): number {
    return this.declarations.push("") - 1;
  }

  private fill(slot: number, head: string, meaning: string, body: string): void {
    this.declarations[slot] = `${docComment([meaning])}\nexport ${head} ${body}`;
  }

  private nameOf({ path }: SettingFacts): string {
    return this.prefix + path.split(".").slice(1).map(capital).join("");
  }

  /** The type of a value as a caller gives it. Declares the types of its parts. */
  private typeOf(schema: z.ZodType, name: string, facts: SettingFacts): string {
    const inner = withoutWrapper(schema);
    const known = readTypeName(inner);
    if (known !== undefined) {
      this.imports.set(known.name, known.from);
      return known.name;
    }
    if (inner instanceof z.ZodArray) return `readonly ${this.elementOf(inner, name, facts)}[]`;
    if (inner instanceof z.ZodObject) {
      this.object(
        name,
        facts.meaning,
        facts.parts.flatMap(({ fields }) => fields),
      );
      return name;
    }
    if (inner instanceof z.ZodDiscriminatedUnion)
      return this.unionOf(name, facts, (variant, meaning, fields) => {
        this.object(variant, meaning, fields);
        return variant;
      });
    return plainType(facts.path, inner);
  }

  private elementOf(array: z.ZodArray, name: string, facts: SettingFacts): string {
    const { element } = array;
    if (!(element instanceof z.ZodObject)) return plainType(facts.path, withoutWrapper(schemaOf(element)));
    const single = singular(name);
    this.object(
      single,
      `One of \`${facts.name}\`.`,
      facts.parts.flatMap(({ fields }) => fields),
    );
    return single;
  }

  private unionOf(
    name: string,
    facts: SettingFacts,
    declare: (variant: string, meaning: string, fields: readonly SettingFacts[]) => string,
  ): string {
    const slot = this.reserve();
    const variants = facts.parts.map(({ discriminator, fields }) => {
      const own = fields.find((field) => field.name === discriminator?.key);
      return declare(`${name}${capital(discriminator?.value ?? "")}`, own?.meaning ?? facts.meaning, fields);
    });
    this.fill(slot, `type ${name} =`, facts.meaning, `${variants.join(" | ")};`);
    return name;
  }

  /** The type of a value with the defaults of its parts, if they have any. */
  private settledType(schema: z.ZodType, name: string, facts: SettingFacts): string {
    const inner = withoutWrapper(schema);
    const parts = facts.parts.flatMap(({ fields }) => fields);
    if (!parts.some((part) => hasDefault(part.schema))) return this.reference(inner, name, facts);
    if (inner instanceof z.ZodArray) {
      const single = singular(name);
      this.settled(`${single}Settings`, single, `One of \`${facts.name}\`, with every default.`, parts);
      return `readonly ${single}Settings[]`;
    }
    if (inner instanceof z.ZodDiscriminatedUnion) {
      const slot = this.reserve();
      const variants = facts.parts.map(({ discriminator, fields }) => {
        const variant = `${name}${capital(discriminator?.value ?? "")}`;
        if (!fields.some((field) => hasDefault(field.schema))) return variant;
        this.settled(`${variant}Settings`, variant, "The same with every default.", fields);
        return `${variant}Settings`;
      });
      this.fill(slot, `type ${name}Settings =`, "The same with every default.", `${variants.join(" | ")};`);
      return `${name}Settings`;
    }
    this.settled(`${name}Settings`, name, "The same with every default.", parts);
    return `${name}Settings`;
  }

  /** A type that is declared already, or needs no declaration. */
  private reference(inner: z.ZodType, name: string, facts: SettingFacts): string {
    const known = readTypeName(inner);
    if (known !== undefined) return known.name;
    if (inner instanceof z.ZodObject || inner instanceof z.ZodDiscriminatedUnion) return name;
    if (!(inner instanceof z.ZodArray)) return plainType(facts.path, inner);
    const { element } = inner;
    if (element instanceof z.ZodObject) return `readonly ${singular(name)}[]`;
    return `readonly ${plainType(facts.path, withoutWrapper(schemaOf(element)))}[]`;
  }
}

/** Whether the value, or a part of it, has a default in its schema. */
function hasDefault(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodDefault) return true;
  const inner = withoutWrapper(schema);
  if (inner instanceof z.ZodArray) return hasDefault(schemaOf(inner.element));
  if (inner instanceof z.ZodObject) return Object.values(shapeOf(inner)).some(hasDefault);
  if (inner instanceof z.ZodDiscriminatedUnion) return inner.options.map(schemaOf).some(hasDefault);
  return false;
}

function plainType(path: string, schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => JSON.stringify(option)).join(" | ");
  if (schema instanceof z.ZodLiteral)
    return [...schema.values].map((value) => JSON.stringify(value)).join(" | ");
  if (schema instanceof z.ZodRecord) return "Readonly<Record<string, string>>";
  const { type } = schema.def;
  if (type === "string" || type === "number" || type === "boolean") return type;
  throw new TypeError(`${path}: no type is known for a schema of type ${type}`);
}

const schemaOf = (schema: unknown) => z.instanceof(z.ZodType).parse(schema);

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const singular = (name: string) => name.replace(/s$/, "");
