/** The inbox: mails as they arrive, newest first. */
import { byId } from '../../../web/kit/element.ts';
import { askLocal } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { newestFirst, type ShownMail } from './mail.ts';
import { mailCard } from './mail-card.ts';

const list = byId('mails');

const idOf = (card: Element): string => (card as HTMLElement).dataset.id ?? '';

/** Adds new mails at the top. The others stay open or closed as they are. */
const show = (mails: readonly ShownMail[]): void => {
  const kept = new Set(mails.map(({ messageId }) => messageId));
  for (const card of [...list.children]) if (!kept.has(idOf(card))) card.remove();
  const shown = new Set([...list.children].map(idOf));
  const arrived = newestFirst(mails).filter(({ messageId }) => !shown.has(messageId));
  list.prepend(...arrived.map((mail, index) => mailCard(mail, index === 0)));
  byId('empty').hidden = mails.length > 0;
  document.title = `Inbox (${mails.length}) · Email OTP`;
};

let arrived = false;

/** Scrolls to the linked mail once it is loaded; the browser follows the link before that. */
const goToLinkedMail = (): void => {
  if (!arrived) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  arrived = true;
};

keepLive(['mail'], async () => {
  show(await askLocal('inbox.json'));
  goToLinkedMail();
});
