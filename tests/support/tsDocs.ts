import * as ts from "typescript/lib/typescript";

/** What an editor shows beside a member of an interface. */
export interface Hover {
  readonly meaning: string;
  /** The lines `- Name: text` of the comment. */
  readonly facts: Readonly<Record<string, string>>;
  /** The text of `@default`; `undefined` when there is none. */
  readonly default: string | undefined;
  readonly isOptional: boolean;
}

/**
 * Reads the documentation of an interface's members as a language service does: a member without a comment has that
 * of the interface which it extends.
 * @param files every file that the interfaces need; other imports are not resolved.
 */
export function readHovers(files: readonly string[]): (name: string) => ReadonlyMap<string, Hover> {
  const program = ts.createProgram([...files], {
    noResolve: true,
    strict: true,
    exactOptionalPropertyTypes: true,
  });
  const checker = program.getTypeChecker();
  const declarations = files.flatMap((file) => program.getSourceFile(file)?.statements ?? []);
  return (name) => {
    const declaration = declarations
      .filter((each) => ts.isInterfaceDeclaration(each))
      .find((each) => each.name.text === name);
    if (declaration === undefined) throw new Error(`no interface ${name} in ${files.join(", ")}`);
    const members = checker.getPropertiesOfType(checker.getTypeAtLocation(declaration));
    return new Map(members.map((member) => [member.name, hoverOf(member, checker)]));
  };
}

function hoverOf(member: ts.Symbol, checker: ts.TypeChecker): Hover {
  const text = ts.displayPartsToString(member.getDocumentationComment(checker));
  const [meaning = "", list = ""] = text.split("\n\n");
  const items = list.split(/^- /m).filter((item) => item !== "");
  const tag = member.getJsDocTags(checker).find((each) => each.name === "default");
  return {
    meaning: unwrap(meaning),
    facts: Object.fromEntries(
      items.map((item) => {
        const end = item.indexOf(": ");
        return [item.slice(0, end), unwrap(item.slice(end + 2))];
      }),
    ),
    default: tag === undefined ? undefined : unwrap(ts.displayPartsToString(tag.text)),
    isOptional: (member.flags & ts.SymbolFlags.Optional) !== 0,
  };
}

const unwrap = (text: string) => text.replaceAll(/\n */g, " ").trim();
