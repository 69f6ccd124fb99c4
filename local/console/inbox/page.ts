/** The inbox: mails as they arrive, newest first; to be searched and deleted. */
import { count } from '../../../shared/words/times.ts';
import { announce } from '../../../web/kit/announce.ts';
import { byId } from '../../../web/kit/element.ts';
import { wordsFor } from '../../../web/kit/http.ts';
import { askLocal, deleteMails } from '../ask-local.ts';
import { keepLive } from '../live.ts';
import { isFound, newestFirst, type ShownMail } from './mail.ts';
import { mailCard } from './mail-card.ts';

const list = byId('mails');
const search = byId<HTMLInputElement>('search');
const dialog = byId<HTMLDialogElement>('delete');

const idOf = (card: Element): string => (card as HTMLElement).dataset.id ?? '';

let mails: readonly ShownMail[] = [];

/** Hides what does not fit the search, so that the others stay open or closed as they are. */
const narrow = (): void => {
  const wanted = search.value.trim();
  const found = new Set(mails.filter((mail) => isFound(mail, wanted)).map(({ messageId }) => messageId));
  for (const card of list.children) (card as HTMLElement).hidden = !found.has(idOf(card));
  byId('empty').hidden = mails.length > 0;
  byId('none-fits').hidden = mails.length === 0 || found.size > 0;
  if (wanted !== '') announce('message', 'plain', `${count(found.size, 'mail', 'mails')} found`);
};

/** Adds new mails at the top. */
const show = (): void => {
  const kept = new Set(mails.map(({ messageId }) => messageId));
  for (const card of [...list.children]) if (!kept.has(idOf(card))) card.remove();
  const shown = new Set([...list.children].map(idOf));
  const arrived = newestFirst(mails).filter(({ messageId }) => !shown.has(messageId));
  list.prepend(...arrived.map((mail, index) => mailCard(mail, index === 0, { remove })));
  byId<HTMLButtonElement>('delete-all').disabled = mails.length === 0;
  document.title = `Inbox (${mails.length}) · Email OTP`;
  narrow();
};

/** Deletes one mail, or all. The button that had the focus is gone then. */
const deleteAndSay = async (messageId: string | undefined, done: string): Promise<void> => {
  try {
    await deleteMails(messageId);
    await refresh();
    announce('message', 'good', done);
    search.focus();
  } catch (error) {
    announce('message', 'bad', wordsFor(error));
  }
};

const remove = ({ messageId, subject }: ShownMail): void =>
  void deleteAndSay(messageId, `“${subject}” is deleted.`);

let arrived = false;

/** Scrolls to the linked mail once it is loaded; the browser follows the link before that. */
const goToLinkedMail = (): void => {
  if (!arrived) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  arrived = true;
};

search.addEventListener('input', () => {
  announce('message', 'plain', '');
  narrow();
});
byId('delete-all').addEventListener('click', () => dialog.showModal());
dialog.addEventListener('close', () => {
  if (dialog.returnValue === 'delete') void deleteAndSay(undefined, 'All mails are deleted.');
  dialog.returnValue = '';
});

const refresh = keepLive(['mail'], async () => {
  mails = await askLocal('inbox.json');
  show();
  goToLinkedMail();
});
