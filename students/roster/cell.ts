import { schemasAt } from "../../components/settings/schemaAt";
import { stackSettings } from "../../config";

/**
 * The value of a setting's text in a roster. It stays text where the setting is text (`11.4`, `2026`, `007`);
 * elsewhere it becomes a number, `true`, `false` or JSON, as with `pulumi config set --path`.
 * @param path the setting's path, e.g. `["database", "engineVersion"]`.
 */
export function settingOf(path: readonly string[], cell: string): unknown {
  const schemas = schemasAt(stackSettings, path);
  return schemas.some((schema) => schema.safeParse(cell).success) ? cell : typed(cell);
}

function typed(cell: string): unknown {
  if (!/^(?:-?\d+(?:\.\d+)?|true|false|\[.*\]|\{.*\})$/s.test(cell)) return cell;
  try {
    return JSON.parse(cell);
  } catch (error) {
    if (error instanceof SyntaxError) return cell;
    throw error;
  }
}
