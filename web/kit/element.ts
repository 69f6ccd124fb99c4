/** Creates and finds elements. Text is always inserted as text, so nothing in a mail or a name becomes markup. */

export type Child = Node | string | undefined;

/** Names that start with `on` are listeners, others attributes. `true` sets an attribute; `false` and undefined leave it out. */
type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

const apply = (element: Element, attributes: Attributes): void => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
};

const append = (element: Element, children: readonly Child[]): void =>
  element.append(...children.filter((child) => child !== undefined));

export const h = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] => {
  const element = document.createElement(name);
  apply(element, attributes);
  append(element, children);
  return element;
};

export const svg = <Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  apply(element, attributes);
  append(element, children);
  return element;
};

/** Returns the element with this id; throws if the page has none. */
export const byId = <Kind extends HTMLElement = HTMLElement>(id: string): Kind => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}"`);
  return element as Kind;
};

/** Replaces the text only if it differs, so that a live region is not read out again for nothing. */
export const setText = (element: Element, text: string): void => {
  if (element.textContent !== text) element.textContent = text;
};
