/** The faults page: the faults that are on now, and a switch for each fault. */
import { count } from '../../../shared/words/times.ts';
import { announce } from '../../../web/kit/announce.ts';
import { byId, h } from '../../../web/kit/element.ts';
import { wordsFor } from '../../../web/kit/http.ts';
import type { FaultChange } from '../../api/types.ts';
import { askLocal, changeFaults } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { allOff, type FaultSettings, type FaultSwitch, isOn } from './fault.ts';
import { createFaultCard, type FaultActions, type FaultCard, showCards } from './fault-card.ts';

let table: readonly FaultSwitch[] = [];
let cards: readonly FaultCard[] = [];

const show = (faults: FaultSettings): void => {
  showCards(cards, faults);
  const on = table.filter((fault) => isOn(fault, faults)).length;
  announce(
    'message',
    'plain',
    on === 0 ? 'Nothing goes wrong.' : `${count(on, 'switch is', 'switches are')} on.`,
  );
};

const change = async (wanted: FaultChange): Promise<void> => {
  try {
    show(await changeFaults(wanted));
  } catch (error) {
    const known = await askLocal('faults.json').catch(() => undefined);
    if (known !== undefined) show(known);
    announce('message', 'bad', wordsFor(error));
  }
};

const actions: FaultActions = {
  change: (wanted) => void change(wanted),
  refuse: (problem) => announce('message', 'bad', problem),
};

/** The table stays the same as long as the system runs, so its cards are made once. */
const createCards = async (): Promise<void> => {
  table = await askLocal('fault-table.json');
  const groups = [...Map.groupBy(table, ({ group }) => group)].map(([title, faults]) => ({
    title,
    cards: faults.map((fault) => createFaultCard(fault, actions)),
  }));
  cards = groups.flatMap((group) => group.cards);
  byId('faults').replaceChildren(
    ...groups.map((group) =>
      h(
        'section',
        { class: 'stack' },
        h('h2', {}, group.title),
        ...group.cards.map(({ element }) => element),
      ),
    ),
  );
};

byId('all-off').addEventListener('click', () => void change(allOff(table)));
keepLive(['faults'], async () => {
  if (table.length === 0) await createCards();
  show(await askLocal('faults.json'));
});
