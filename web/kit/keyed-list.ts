/** Shows lists that change while somebody reads them. A row that stays keeps its element, so it stays open and keeps its focus. */

export interface KeyedRow<Item> {
  readonly element: HTMLElement;
  /** Shows the item in the row. A new row is updated before it is inserted. */
  update(item: Item): void;
}

/**
 * Returns a function that shows items: it removes old rows, inserts new ones, and moves rows only if the order has
 * changed.
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
