/** What every page of the console has around its content: the switch between UTC and local time, and the banner of faults. */
import { h, setText } from '../../../web/kit/element.ts';
import { wordsFor } from '../../../web/kit/http.ts';
import { askLocal, changeFaults } from '../ask-local.ts';
import { allOff, type FaultSwitch, isOn } from '../faults/fault.ts';
import { chooseZone, onZoneChange, shownZone } from './zone.ts';
import { type Zone, zoneName } from './zone-times.ts';

const zoneLabel = (zone: Zone): string =>
  zone === 'utc' ? 'UTC' : `Local time (${zoneName(Date.now(), 'local')})`;

const zoneSwitch = (): HTMLElement => {
  const option = (zone: Zone) => h('option', { value: zone }, zoneLabel(zone));
  const select = h(
    'select',
    { id: 'zone', onchange: () => chooseZone(select.value as Zone) },
    option('utc'),
    option('local'),
  );
  const follow = () => {
    select.value = shownZone();
  };
  onZoneChange(follow);
  follow();
  return h('div', { class: 'zone-switch' }, h('label', { for: 'zone' }, 'Times in'), select);
};

let table: readonly FaultSwitch[] = [];
const words = h('p', {});
const banner = h(
  'div',
  { class: 'faults-banner', role: 'region', 'aria-label': 'Faults that are on', hidden: true },
  words,
  h('button', { type: 'button', class: 'link', onclick: () => void switchOff() }, 'Switch them off'),
  h('a', { href: './faults' }, 'Choose'),
);

/** Shows whether faults are on: what a page shows may come from them. Rejects with a RequestError. */
export const showFaultsBanner = async (): Promise<void> => {
  if (table.length === 0) table = await askLocal('fault-table.json');
  const faults = await askLocal('faults.json');
  const on = table.filter((fault) => isOn(fault, faults)).map(({ title }) => title);
  setText(words, `Faults are on: ${on.join(', ')}.`);
  banner.hidden = on.length === 0;
};

const switchOff = async (): Promise<void> => {
  try {
    await changeFaults(allOff(table));
    await showFaultsBanner();
    // The button that had the focus is gone.
    document.querySelector<HTMLElement>('main')?.focus();
  } catch (error) {
    setText(words, wordsFor(error));
  }
};

/** Adds them to the page. */
export const startFrame = (): void => {
  document.querySelector('.page-head')?.append(zoneSwitch());
  // The page of the faults shows them itself.
  if (!/\/faults$/.test(location.pathname)) document.querySelector('.top')?.after(banner);
};
