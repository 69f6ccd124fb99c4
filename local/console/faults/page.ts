/** The faults page: what goes wrong right now, and the switches for it. */

import { count } from '../../../shared/words/times.ts';
import { byId, h } from '../../../web/kit/element.ts';
import { requestJson, wordsFor } from '../../../web/kit/http.ts';
import { keepLive } from '../../../web/kit/live.ts';
import { announce } from '../../../web/kit/toned-text.ts';
import { createFaultCard, type FaultActions, type FaultCard, showCards } from './fault-card.ts';
import { ALL_OFF, countOn, FAULT_GROUPS, type FaultGroup, type Faults } from './fault-catalogue.ts';

const PATH = '_local/faults.json';

const cards: FaultCard[] = [];

const show = (faults: Faults): void => {
  showCards(cards, faults);
  const on = countOn(faults);
  announce(
    'message',
    'plain',
    on === 0 ? 'Nothing goes wrong.' : `${count(on, 'switch is', 'switches are')} on.`,
  );
};

const change = async (faults: Faults): Promise<void> => {
  try {
    const body = JSON.stringify(faults);
    show(
      await requestJson<Faults>(PATH, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
  } catch (error) {
    const known = await requestJson<Faults>(PATH).catch(() => undefined);
    if (known !== undefined) show(known);
    announce('message', 'bad', wordsFor(error));
  }
};

const actions: FaultActions = {
  set: (name, value) => void change({ [name]: value }),
  refuse: (problem) => announce('message', 'bad', problem),
};

const section = ({ title, faults }: FaultGroup): HTMLElement => {
  const made = faults.map((fault) => createFaultCard(fault, actions));
  cards.push(...made);
  return h('section', { class: 'stack' }, h('h2', {}, title), ...made.map(({ element }) => element));
};

byId('faults').append(...FAULT_GROUPS.map(section));
byId('all-off').addEventListener('click', () => void change(ALL_OFF));
keepLive(['faults'], async () => show(await requestJson<Faults>(PATH)));
