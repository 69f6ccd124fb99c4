/** Lists that change while somebody reads them: what stays is the same element, so it stays open and keeps its focus. */

export interface KeyedRow<Item> {
  readonly element: HTMLElement;
  /** Also called for a new row, before it is put in. */
  update(item: Item): void;
}

/**
 * Answers how to show items: rows that are gone are taken out, new ones are put in, and none is moved unless the order
 * has changed.
 */
export const createKeyedList = <Item>(
  list: HTMLElement,
  keyOf: (item: Item) => string,
  createRow: (item: Item) => KeyedRow<Item>,
): ((items: readonly Item[]) => void) => {
  const rows = new Map<string, KeyedRow<Item>>();

  const removeAllBut = (keys: ReadonlySet<string>) => {
    for (const [key, { element }] of rows) {
      if (keys.has(key)) continue;
      element.remove();
      rows.delete(key);
    }
  };
  const rowFor = (item: Item): KeyedRow<Item> => {
    const row = rows.get(keyOf(item)) ?? createRow(item);
    rows.set(keyOf(item), row);
    row.update(item);
    return row;
  };

  return (items) => {
    removeAllBut(new Set(items.map(keyOf)));
    let place = list.firstElementChild;
    for (const item of items) {
      const { element } = rowFor(item);
      if (element === place) place = place.nextElementSibling;
      else list.insertBefore(element, place);
    }
  };
};
