import { z } from "zod";

/**
 * The effect of a changed setting on a live stack. Each setting states it beside its description; docs/settings.md
 * shows it, and the tests in tests/changes compare it with what the engine does.
 */
export interface AfterUp {
  /** How the change takes effect; `fixed` when none is possible. */
  readonly effect: "in place" | "fixed";
  /** The resources that the change replaces or deletes: from their type to a description with what is lost. */
  readonly replaces: Readonly<Record<string, string>>;
  /** Whether the launch template gets a new version, so that Auto Scaling replaces all servers one by one. */
  readonly newServers: boolean;
  /** Which changes `up` refuses before it creates anything, and what to do instead; `undefined` when none. */
  readonly refused: string | undefined;
  /** Other effects that a user must know. */
  readonly note: string | undefined;
}

/** Effects besides the main one. */
interface Besides {
  readonly newServers?: boolean;
  readonly refused?: string;
  readonly note?: string;
}

/** The change needs no replacement. */
export const inPlace = (besides: Besides = {}) => replaces({}, besides);

/** The change creates a new version of the launch template: Auto Scaling replaces all servers one by one. */
export const newServers = (besides: Besides = {}) => replaces({}, { newServers: true, ...besides });

/**
 * The change replaces or deletes these resources.
 * @param types from the resource's type, e.g. `aws:rds/instance:Instance`, to a description with what is lost.
 */
export const replaces = (types: Readonly<Record<string, string>>, besides: Besides = {}) => ({
  afterUp: {
    effect: "in place",
    replaces: types,
    newServers: besides.newServers ?? false,
    refused: besides.refused,
    note: besides.note,
  } satisfies AfterUp,
});

/** `up` refuses every change before it creates anything. @param way what to do instead, an imperative. */
export const fixed = (way: string) => ({
  afterUp: {
    effect: "fixed",
    replaces: {},
    newServers: false,
    refused: way,
    note: undefined,
  } satisfies AfterUp,
});

const afterUpOf = z.object({
  afterUp: z.object({
    effect: z.enum(["in place", "fixed"]),
    replaces: z.record(z.string(), z.string()),
    newServers: z.boolean(),
    refused: z.string().optional(),
    note: z.string().optional(),
  }),
});

/** The effect that a setting's schema states. @throws TypeError when it states none. */
export function readAfterUp(path: string, schema: z.ZodType): AfterUp {
  const stated = afterUpOf.safeParse(schema.meta());
  if (!stated.success) {
    throw new TypeError(
      `${path}: a setting without its effect on a live stack. Add .meta(inPlace()), .meta(newServers()), ` +
        ".meta(replaces({ … })) or .meta(fixed(…)) of components/settings/afterUp.ts after .describe(…).",
    );
  }
  const { effect, replaces, newServers, refused, note } = stated.data.afterUp;
  return { effect, replaces, newServers, refused, note };
}

/** The same in words, for docs/settings.md. */
export function describeAfterUp({ effect, replaces, newServers, refused, note }: AfterUp): string {
  if (effect === "fixed") return `refused; instead, ${refused ?? ""}`;
  const replaced = Object.values(replaces);
  const parts = [
    ...(replaced.length === 0 ? [] : [`replaces ${replaced.join(" and ")}`]),
    ...(newServers ? ["all servers are replaced one by one"] : []),
    ...(note === undefined ? [] : [note]),
    ...(refused === undefined ? [] : [`refused: ${refused}`]),
  ];
  return replaced.length === 0 && !newServers ? ["in place", ...parts].join("; ") : parts.join("; ");
}
