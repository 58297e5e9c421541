/** All items of a paged answer, in the order of their keys: AWS lists in any order, and a grade must not depend on it. */
export async function everyItem<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
  keyOf: (item: Item) => string | undefined,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return inOrder(items, keyOf);
}

/** The items in the order of their keys. */
export function inOrder<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): readonly Item[] {
  return items.toSorted((a, b) => compare(keyOf(a) ?? "", keyOf(b) ?? ""));
}

/** By code points: the same in every locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
