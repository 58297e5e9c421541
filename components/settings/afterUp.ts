import { z } from "zod";

/**
 * What happens when a setting of a live stack changes. Each setting carries it beside its description; README's
 * table shows it, and the tests of changes compare it with what the engine does.
 */
export interface AfterUp {
  /** How the change takes effect; `fixed` when none is possible. */
  readonly effect: "in place" | "fixed";
  /** The resources that the change replaces or deletes, by their type, each in words and with what is lost. */
  readonly replaces: Readonly<Record<string, string>>;
  /** Whether the launch template gets a new version, so that Auto Scaling replaces all servers one by one. */
  readonly newServers: boolean;
  /** Which changes `up` refuses before it makes anything, and the way that works; `undefined` when none. */
  readonly refused: string | undefined;
  /** What else a user needs to know. */
  readonly note: string | undefined;
}

/** What a change may need besides its main effect. */
interface Besides {
  readonly newServers?: boolean;
  readonly refused?: string;
  readonly note?: string;
}

/** The change needs no replacement. */
export const inPlace = (besides: Besides = {}) => replaces({}, besides);

/** The change makes a new version of the launch template: Auto Scaling replaces all servers one by one. */
export const newServers = (besides: Besides = {}) => replaces({}, { newServers: true, ...besides });

/**
 * The change replaces or deletes these resources.
 * @param types from the resource's type, e.g. `aws:rds/instance:Instance`, to words and what is lost.
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

/** Every change is refused before anything is made. @param way the way that works. */
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

/** What a setting's schema states. @throws TypeError when it states nothing. */
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

/** The same in words, for README's table. */
export function describeAfterUp({ effect, replaces, newServers, refused, note }: AfterUp): string {
  if (effect === "fixed") return `fixed: ${refused ?? ""}`;
  const replaced = Object.values(replaces);
  const parts = [
    ...(replaced.length === 0 ? ["in place"] : [`replaces ${replaced.join(" and ")}`]),
    ...(newServers ? ["all servers are replaced one by one"] : []),
    ...(note === undefined ? [] : [note]),
    ...(refused === undefined ? [] : [`refused: ${refused}`]),
  ];
  return parts.join("; ");
}
