/** What an element can have: text and elements, attributes, and listeners. */
type Child = Node | string | null | undefined;

interface Properties {
  readonly class?: string | undefined;
  readonly text?: string | undefined;
  readonly [attribute: `aria-${string}` | `data-${string}`]: string | undefined;
  readonly id?: string;
  readonly role?: string;
  readonly href?: string;
  readonly title?: string;
  readonly type?: string;
  readonly name?: string;
  readonly scope?: string;
  readonly datetime?: string;
  readonly tabindex?: string;
  readonly for?: string;
  readonly rel?: string;
  readonly target?: string;
}

/** Creates an element. Text is always text, never HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  const { class: className, text, ...attributes } = properties;
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
}

/** Changes text only when it differs, so that a selection and a screen reader's position stay. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The element of the page with this id. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element #${id}`);
  return element;
}

/** An element that shows one item, and how it changes with the item. */
export interface Shown<Item> {
  readonly element: HTMLElement;
  readonly update: (item: Item) => void;
}

/**
 * A list whose elements stay with their items: focus, open details and text selections survive a change.
 *
 * @returns shows the items, in their order
 */
export function keyedList<Item>(
  parent: HTMLElement,
  keyOf: (item: Item) => string,
  create: (item: Item) => Shown<Item>,
): (items: readonly Item[]) => void {
  const shown = new Map<string, Shown<Item>>();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, { element }] of shown) {
      if (keys.has(key)) continue;
      element.remove();
      shown.delete(key);
    }
    let place = parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      const known = shown.get(key) ?? create(item);
      shown.set(key, known);
      known.update(item);
      if (known.element === place) place = place.nextElementSibling;
      else parent.insertBefore(known.element, place);
    }
  };
}
