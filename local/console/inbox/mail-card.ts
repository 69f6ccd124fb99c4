/** Shows one mail on the inbox page. */
import { announce } from '../../../web/kit/announce.ts';
import { h, setText } from '../../../web/kit/element.ts';
import { htmlPartPath, mailFilePath } from '../ask-local.ts';
import { timeElement } from '../frame/zone.ts';
import { challengeOf, codeOf, headLines, kindOf, type ShownMail } from './mail.ts';

/** How long the button shows that the code was copied. */
const THANKS_MS = 2_000;

const copy = async (code: string, label: HTMLElement): Promise<void> => {
  try {
    await navigator.clipboard.writeText(code);
    announce('message', 'good', `Code ${code} copied.`);
    setText(label, 'Copied');
    setTimeout(() => setText(label, COPY), THANKS_MS);
  } catch {
    announce('message', 'bad', `The browser did not allow copying. The code is ${code}.`);
  }
};

const COPY = 'Copy code';

const copyButton = (code: string): HTMLElement => {
  const label = h('span', { class: 'copy-label' }, COPY);
  return h(
    'button',
    { type: 'button', onclick: () => void copy(code, label) },
    label,
    h('span', { class: 'copied-code' }, ` ${code}`),
  );
};

/**
 * Shows the mail's own HTML in a frame without scripts, forms or links that lead out. Its policy lets it load nothing. The
 * frame has the page's origin only so that the page can measure and set its height.
 */
const htmlPart = ({ messageId, subject }: ShownMail): HTMLIFrameElement => {
  const frame = h('iframe', {
    src: htmlPartPath(messageId),
    sandbox: 'allow-same-origin',
    title: `HTML part of “${subject}”`,
  });
  const fitHeight = () => {
    // The old height must go first, because the document never measures less than it.
    frame.style.height = '';
    // A frame that was just inserted or removed has an empty document.
    const root: Element | null | undefined = frame.contentDocument?.documentElement;
    const height = root?.scrollHeight ?? 0;
    if (height > 0) frame.style.height = `${height + 2}px`;
  };
  frame.addEventListener('load', fitHeight);
  // A narrower frame needs more lines. Only the width counts here, because the height is set by this function.
  let width = 0;
  new ResizeObserver(([entry]) => {
    if (entry === undefined || entry.contentRect.width === width) return;
    width = entry.contentRect.width;
    fitHeight();
  }).observe(frame);
  return frame;
};

/** Makes the parts when they are first opened; otherwise a long inbox would load a frame for each mail. */
const parts = (mail: ShownMail, place: HTMLElement): HTMLElement => {
  const name = `part-${mail.messageId}`;
  const show = (part: HTMLElement) => place.replaceChildren(part);
  const choice = (label: string, chosen: boolean, make: () => HTMLElement) =>
    h(
      'label',
      { class: 'choice' },
      h('input', { type: 'radio', name, checked: chosen, onchange: () => show(make()) }),
      label,
    );
  const asHtml = () => htmlPart(mail);
  const asText = () =>
    h('pre', { tabindex: 0, role: 'region', 'aria-label': `Text part of “${mail.subject}”` }, mail.text);
  show(asHtml());
  return h(
    'fieldset',
    { class: 'row' },
    h('legend', { class: 'hidden-text' }, 'Part'),
    choice('HTML', true, asHtml),
    choice('Plain text', false, asText),
  );
};

const body = (mail: ShownMail, open: boolean): HTMLElement => {
  const place = h('div', {});
  const details = h(
    'details',
    { open },
    h(
      'summary',
      {},
      'Message',
      h('span', { class: 'hidden-text' }, ' of ', timeElement(Date.parse(mail.receivedAt), 'dateTime')),
    ),
  );
  const fill = () => {
    if (details.open && details.childElementCount === 1) {
      details.append(h('div', { class: 'stack' }, parts(mail, place), place));
    }
  };
  details.addEventListener('toggle', fill);
  // If the card starts open, fill it at once: the event comes later, and the content below would jump.
  fill();
  return details;
};

const headers = (mail: ShownMail): HTMLElement =>
  h(
    'details',
    {},
    h('summary', {}, 'Headers', h('span', { class: 'hidden-text' }, ` of “${mail.subject}”`)),
    h(
      'dl',
      { class: 'pairs small' },
      ...headLines(mail).flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
    ),
  );

const title = (mail: ShownMail, id: string): HTMLElement => {
  const kind = kindOf(mail);
  const challengeId = challengeOf(mail);
  return h(
    'div',
    { class: 'tight' },
    h('h2', { id }, mail.subject),
    kind === undefined
      ? undefined
      : h('div', { class: 'row' }, h('span', { class: 'badge', 'data-tone': 'warn' }, kind)),
    h('p', { class: 'quiet small to' }, `To ${mail.to.join(', ')}`),
    h('p', { class: 'quiet small' }, timeElement(Date.parse(mail.receivedAt), 'dateTime')),
    challengeId === undefined
      ? undefined
      : h('p', { class: 'small' }, h('a', { href: `audit#${challengeId}` }, 'Trail of its challenge')),
  );
};

export interface MailActions {
  remove(mail: ShownMail): void;
}

/** Shows the parts at once if `open` is true. */
export const mailCard = (mail: ShownMail, open: boolean, { remove }: MailActions): HTMLElement => {
  const code = codeOf(mail);
  const titleId = `mail-${mail.messageId}`;
  return h(
    'article',
    { class: 'card mail', 'aria-labelledby': titleId, 'data-id': mail.messageId },
    h(
      'div',
      { class: 'mail-head' },
      title(mail, titleId),
      h(
        'div',
        { class: 'row' },
        code === undefined ? undefined : copyButton(code),
        h(
          'a',
          { class: 'button', href: mailFilePath(mail.messageId), download: `${mail.messageId}.eml` },
          'Download',
          h('span', { class: 'hidden-text' }, ` “${mail.subject}”`),
        ),
        h(
          'button',
          { type: 'button', onclick: () => remove(mail) },
          'Delete',
          h('span', { class: 'hidden-text' }, ` “${mail.subject}”`),
        ),
      ),
    ),
    body(mail, open),
    headers(mail),
  );
};
