/** The zone that all pages of the console show times in: the reader's choice, which the browser remembers. */
import { h } from '../../../web/kit/element.ts';
import { openStorage } from '../../../web/kit/storage.ts';
import { sentenceIn, type TimeForm, timeIn, type Zone } from './zone-times.ts';

const KEY = 'time-zone';
const CHANGED = 'zonechange';

const storage = openStorage(() => localStorage);
let chosen: string | null = null;

/** UTC unless the reader has chosen: the commands and the logs of AWS have it too. Without a storage the choice is this page's alone. */
export const shownZone = (): Zone =>
  (storage === undefined ? chosen : storage.getItem(KEY)) === 'local' ? 'local' : 'utc';

export const onZoneChange = (listener: () => void): void => addEventListener(CHANGED, listener);

const show = (element: HTMLElement): void => {
  const { at, form, sentence } = element.dataset;
  element.textContent =
    sentence === undefined
      ? timeIn(Number(at), form as TimeForm, shownZone())
      : sentenceIn(sentence, shownZone());
};

const showAll = (): void => {
  for (const element of document.querySelectorAll<HTMLElement>('[data-form], [data-sentence]')) show(element);
  dispatchEvent(new Event(CHANGED));
};

export const chooseZone = (zone: Zone): void => {
  storage?.setItem(KEY, zone);
  chosen = zone;
  showAll();
};

/** Follows the choice in another tab. */
addEventListener('storage', ({ key }) => {
  if (key === KEY) showAll();
});

/** A time (epoch milliseconds) that changes with the chosen zone by itself. */
export const timeElement = (at: number, form: TimeForm): HTMLElement => {
  const datetime = Number.isFinite(at) ? { datetime: new Date(at).toISOString() } : {};
  const element = h('time', { ...datetime, 'data-at': at, 'data-form': form });
  show(element);
  return element;
};

/** A sentence whose times in UTC change with the chosen zone by themselves. */
export const sentenceElement = (sentence: string): HTMLElement => {
  const element = h('span', { 'data-sentence': sentence });
  show(element);
  return element;
};
