/** The inbox: mails as they arrive, newest first. */
import { byId } from '../../../web/kit/element.ts';
import { askLocal } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { type Mail, newestFirst } from './mail.ts';
import { mailCard } from './mail-card.ts';

const list = byId('mails');

const idOf = (card: Element): string => (card as HTMLElement).dataset.id ?? '';

/** What is there already stays as the person has arranged it; only new mails are put on top. */
const show = (mails: readonly Mail[]): void => {
  const kept = new Set(mails.map(({ messageId }) => messageId));
  for (const card of [...list.children]) if (!kept.has(idOf(card))) card.remove();
  const shown = new Set([...list.children].map(idOf));
  const arrived = newestFirst(mails).filter(({ messageId }) => !shown.has(messageId));
  list.prepend(...arrived.map((mail, index) => mailCard(mail, index === 0)));
  byId('empty').hidden = mails.length > 0;
  document.title = `Inbox (${mails.length}) · Email OTP`;
};

let arrived = false;

/** A link to a mail comes before the mails do. */
const goToLinkedMail = (): void => {
  if (!arrived) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  arrived = true;
};

keepLive(['mail'], async () => {
  show(await askLocal('inbox.json'));
  goToLinkedMail();
});
