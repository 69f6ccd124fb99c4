/** The mails page: each mail that the app can send, in all looks, with the verdicts of the checks. */
import { announce } from '../../../web/kit/announce.ts';
import { byId, h } from '../../../web/kit/element.ts';
import { wordsFor } from '../../../web/kit/http.ts';
import type { LocalAnswers } from '../../api/types.ts';
import { askLocal, mailPreviewPath } from '../ask-local.ts';
import { chosenOtp, showOtpLinks } from '../otp-links-view.ts';
import { type Chosen, showChoices } from './choices-view.ts';
import { showVerdicts } from './verdicts-view.ts';

type ShownMail = LocalAnswers['mail-preview.json'];

const download = (chosen: Chosen): HTMLElement =>
  h('a', { href: mailPreviewPath('eml', chosen), download: 'mail.eml' }, 'Download as .eml');

const showWritten = (mail: ShownMail, chosen: Chosen): void => {
  const { sender, subject, preview } = mail.notification;
  const inLanguage = { lang: mail.language, dir: 'auto' };
  byId('notification').replaceChildren(
    h('p', {}, h('b', {}, sender)),
    h('p', inLanguage, subject),
    h('p', { ...inLanguage, class: 'quiet' }, preview),
  );
  byId('text').replaceChildren(
    h('pre', { ...inLanguage, tabindex: 0, role: 'region', 'aria-label': 'Text part' }, mail.text),
  );
  const headers = {
    From: mail.from,
    'Reply-To': mail.replyTo.join(', '),
    Subject: mail.subject,
    ...mail.headers,
  };
  byId('headers').replaceChildren(
    ...Object.entries(headers)
      .filter(([, value]) => value !== '')
      .flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
  );
  byId('download').replaceChildren(download(chosen));
};

/** A frame without scripts. It has the page's origin, so that the checks can look at what the browser has made of the mail. */
const showFrame = (mail: ShownMail, chosen: Chosen): Promise<HTMLIFrameElement> =>
  new Promise((resolve) => {
    const frame = h('iframe', {
      src: mailPreviewPath('html', chosen),
      sandbox: 'allow-same-origin',
      title: `HTML part of “${mail.subject}”`,
      width: chosen.width ?? '600',
      onload: () => {
        const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
        if (height > 0) frame.height = String(height);
        resolve(frame);
      },
    });
    byId('html').replaceChildren(
      h('div', { class: 'mail-frame', tabindex: 0, role: 'region', 'aria-label': 'HTML part' }, frame),
    );
  });

let newest: Chosen = {};

const show = async (wanted: Chosen): Promise<void> => {
  const chosen: Chosen = { ...wanted, ...chosenOtp };
  newest = chosen;
  try {
    const mail = await askLocal('mail-preview.json', chosen);
    if (newest !== chosen) return;
    byId('mail').hidden = false;
    showWritten(mail, chosen);
    const { contentDocument } = await showFrame(mail, chosen);
    if (newest !== chosen || contentDocument === null) return;
    showVerdicts(mail.verdicts, { document: contentDocument, code: mail.code, theme: chosen.theme });
    announce('message', 'plain', '');
  } catch (error) {
    byId('mail').hidden = true;
    announce('message', 'bad', wordsFor(error));
  }
};

try {
  await showOtpLinks('mail');
  showChoices(
    byId<HTMLFormElement>('choices'),
    await askLocal('mails.json', chosenOtp),
    (chosen) => void show(chosen),
  );
} catch (error) {
  announce('message', 'bad', wordsFor(error));
}
