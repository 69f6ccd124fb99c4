/** The quiet block that says what helps while no mail comes. */
import type { AskingForCode } from '../../../client/step-state.ts';
import { type NoMailHint, noMailHints } from '../../../client/words/no-mail.ts';
import { fillSentence, type Wording } from '../../../client/words/wording.ts';
import { byId, setText } from '../../kit/element.ts';

export const showNoMail = (state: AskingForCode, { words }: Wording): void => {
  // While the mail is asked for, the button for that stays, so that it keeps the focus.
  if (state.pending === 'status') return;
  const hints = noMailHints(state);
  byId('no-mail').hidden = hints.length === 0;
  for (const item of byId('no-mail').querySelectorAll<HTMLElement>('[data-hint]'))
    item.hidden = !hints.includes(item.dataset.hint as NoMailHint);
  const { destination } = state.challenge;
  setText(byId('no-mail-address'), fillSentence(words.noMail.address, { destination }));
};
