/** Writes a mail as it travels: headers and MIME parts (RFC 5322 and RFC 2045), as files that end in `.eml` have it. */
import type { InboxMail } from './inbox.ts';

const LINE_END = '\r\n';
const PRINTABLE = /^[ -~]*$/;

/** An encoded word has at most 75 characters, 12 of them around the text (RFC 2047, section 2). */
const WORD_BYTES = 45;

/** Cuts the text between characters. */
const inPieces = (text: string, bytes: number): readonly string[] => {
  const pieces = [''];
  for (const character of text) {
    const piece = `${pieces.at(-1)}${character}`;
    if (Buffer.byteLength(piece) > bytes) pieces.push(character);
    else pieces[pieces.length - 1] = piece;
  }
  return pieces;
};

/** What is not printable ASCII becomes words of Base64, one on each line. */
const headerText = (text: string): string =>
  PRINTABLE.test(text)
    ? text
    : inPieces(text, WORD_BYTES)
        .map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`)
        .join(`${LINE_END} `);

/** RFC 2045, section 6.7: no line has more than 76 characters, with the sign that it goes on. */
const LINE = 75;

const byteOf = (byte: number): string => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;

const quoteLine = (line: string): string => {
  const characters = [...line];
  const signs = characters.map((sign, index) => {
    const isLast = index === characters.length - 1;
    const isPlain = sign !== '=' && PRINTABLE.test(sign) && !(sign === ' ' && isLast);
    return isPlain ? sign : Array.from(Buffer.from(sign), byteOf).join('');
  });
  const lines = [''];
  for (const sign of signs) {
    const longer = `${lines.at(-1)}${sign}`;
    if (longer.length > LINE) lines.push(sign);
    else lines[lines.length - 1] = longer;
  }
  return lines.join(`=${LINE_END}`);
};

const quotedPrintable = (text: string): string => text.split(/\r?\n/).map(quoteLine).join(LINE_END);

const partOf = (type: string, text: string): string =>
  [
    `Content-Type: ${type}; charset=UTF-8`,
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(text),
  ].join(LINE_END);

/** `Mon, 02 Mar 2026 10:15:00 +0000` */
const dateOf = (receivedAt: string): string => new Date(receivedAt).toUTCString().replace('GMT', '+0000');

/** The mail with the headers that SES adds. */
export const writeEml = (mail: InboxMail): string => {
  const { messageId, from, to, replyTo = [], subject, headers, text, html, receivedAt } = mail;
  const boundary = `----=_Part_${messageId}`;
  const head: Readonly<Record<string, string>> = {
    Date: dateOf(receivedAt),
    From: from,
    ...(replyTo.length > 0 && { 'Reply-To': replyTo.join(', ') }),
    To: to.join(', '),
    'Message-ID': `<${messageId}@email.amazonses.com>`,
    Subject: headerText(subject),
    'MIME-Version': '1.0',
    'Content-Type': `multipart/alternative;${LINE_END} boundary="${boundary}"`,
    ...headers,
  };
  const parts = [
    ...(text === '' ? [] : [partOf('text/plain', text)]),
    ...(html === '' ? [] : [partOf('text/html', html)]),
  ];
  return [
    ...Object.entries(head).map(([name, value]) => `${name}: ${value}`),
    '',
    ...parts.map((part) => `--${boundary}${LINE_END}${part}`),
    `--${boundary}--`,
    '',
  ].join(LINE_END);
};
