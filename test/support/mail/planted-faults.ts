/** Mails with one thing wrong each, and the number of the check that has to notice it. */
import type { JudgedMail } from '../../../local/mails/judged-mail.ts';

export interface PlantedFault {
  readonly name: string;
  readonly check: number;
  readonly plant: (mail: JudgedMail) => Partial<JudgedMail>;
}

const fault = (
  check: number,
  name: string,
  plant: (mail: JudgedMail & { readonly code: string }) => Partial<JudgedMail>,
): PlantedFault => ({ check, name, plant: (mail) => plant({ ...mail, code: mail.code ?? '' }) });

/** Fails if the mail does not have what is to be replaced, or the fault would not be there. */
const replaced = (text: string, what: string | RegExp, by: string): string => {
  const changed = text.replace(what, by);
  if (changed === text) throw new Error(`The mail has no ${what}`);
  return changed;
};

const inHtml =
  (what: string | RegExp, by: string) =>
  ({ html }: JudgedMail): Partial<JudgedMail> => ({ html: replaced(html, what, by) });

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  fault(1, 'a subject without the company', () => ({ subject: 'Your sign-in code' })),
  fault(1, 'the code in the subject', ({ subject, code }) => ({ subject: `${subject} ${code}` })),
  fault(1, 'a long subject', ({ subject }) => ({ subject: subject.padEnd(51, '!') })),
  fault(2, 'a bare address as the sender', () => ({ from: 'otp@example.com' })),
  fault(2, 'a sender beyond ASCII', () => ({ from: 'Müller <otp@example.com>' })),
  fault(3, 'no address for replies', () => ({ replyTo: [] })),
  fault(3, 'an address for replies that nobody reads', ({ brand }) => ({
    replyTo: ['no-reply@example.com'],
    ...(brand && { brand: { ...brand, replyTo: 'no-reply@example.com' } }),
  })),
  fault(4, 'Exchange told to suppress all', ({ headers }) => ({
    headers: { ...headers, 'X-Auto-Response-Suppress': 'All' },
  })),
  fault(4, 'a header of mailing lists', ({ headers }) => ({
    headers: { ...headers, 'List-Unsubscribe': '<https://example.com>' },
  })),
  fault(4, 'another language in the headers', ({ headers }) => ({
    headers: { ...headers, 'Content-Language': 'xx' },
  })),
  fault(5, 'the code within a line', ({ text, code }) => ({ text: replaced(text, code, `Code: ${code}`) })),
  fault(5, 'the code twice', ({ text, code }) => ({ text: `${text}\n${code}\n` })),
  fault(5, 'a long sentence between the word and the code', ({ text, code }) => ({
    text: replaced(text, code, `${'–'.repeat(50)}\n${code}`),
  })),
  fault(6, 'much HTML', inHtml('</body>', `${'<!-- -->'.repeat(2_500)}</body>`)),
  fault(7, 'no language on the table', inHtml(/(<table[^>]*?) lang="[^"]*"/, '$1')),
  fault(7, 'the wrong direction', ({ html }) => ({
    html: replaced(html, /<html([^>]*) dir="(?:ltr|rtl)"/, '<html$1 dir="auto"'),
  })),
  fault(8, 'a preheader that is seen', inHtml('<div style="display:none;', '<div style="')),
  fault(8, 'the code at the beginning', ({ html, code }) => ({
    html: replaced(html, /(<div style="display:none[^>]*>)/, `$1${code} `),
  })),
  fault(
    8,
    'nothing between preheader and code',
    inHtml(/(<div style="display:none[^>]*>)[^<]*(?=<\/div>)/, '$1'),
  ),
  fault(9, 'digits in two groups', ({ html, code }) => ({
    html: replaced(html, code, `${code.slice(0, 3)}<span></span>${code.slice(3)}`),
  })),
  fault(9, 'a code that breaks', inHtml('white-space:nowrap', 'white-space:normal')),
  fault(9, 'a code without a direction', inHtml('<td dir="ltr"', '<td')),
  fault(10, 'telephone numbers looked for', inHtml('telephone=no', 'telephone=yes')),
  fault(10, 'a link with the code', ({ html, code }) => ({
    html: replaced(html, '</body>', `<a href="https://example.com/${code}">x</a></body>`),
  })),
  fault(11, 'a script', inHtml('</body>', '<script>1</script></body>')),
  fault(
    11,
    'an image that counts',
    inHtml('</body>', '<img src="https://example.com/1.gif" alt="x" width="1" height="1"></body>'),
  ),
  fault(11, 'an image without its words', inHtml(/(<img[^>]*?) alt="[^"]*"/, '$1')),
  fault(
    11,
    'a font from elsewhere',
    inHtml('</head>', '<style>@import "https://example.com/a.css";</style></head>'),
  ),
  fault(11, 'a link that runs a script', inHtml(/href="https:/, 'href="javascript:')),
  fault(
    12,
    'no link to the support',
    inHtml(/href="https:\/\/shop\.example\.com\/help"/, 'href="https://example.com"'),
  ),
  fault(14, 'a paragraph with padding', inHtml('<p style="', '<p style="padding:4px;')),
  fault(14, 'letter-spacing in em', inHtml(/letter-spacing:\d+px/, 'letter-spacing:.1em')),
  fault(14, 'a cell without bgcolor', inHtml(/(<td[^>]*?) bgcolor="[^"]*"/, '$1')),
  fault(18, 'a second heading', inHtml('</body>', '<h1>Again</h1></body>')),
  fault(18, 'a table of data', inHtml(' role="presentation"', '')),
  fault(19, 'a sentence that only the HTML has', inHtml(/<\/h1>/, '</h1><p>And more</p>')),
  fault(19, 'a sentence that only the text has', ({ text }) => ({ text: `${text}\nAnd more\n` })),
  fault(19, 'another link in the text', ({ text }) => ({ text: replaced(text, 'https://', 'https://www.') })),
  fault(19, 'another order', ({ text }) => ({ text: text.trim().split('\n\n').toReversed().join('\n\n') })),
];
