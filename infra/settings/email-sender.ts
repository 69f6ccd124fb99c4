/** The address that codes are sent from: its allowed forms, the form that SES takes, and its parts. */
import { mailableAddress } from '../../shared/domain/address.ts';
import { isUnseen } from '../../shared/mail/check/check-text.ts';
import { type Setting, SettingProblem } from './setting-kinds.ts';

const ADDRESS = /^[\w!#$%&'+/=^`{|}~-]+(\.[\w!#$%&'+/=^`{|}~-]+)*@[a-z\d.-]+$/i;
const OUTSIDE_ASCII = /[^\0-\x7f]/;

/** A display name, with or without quotes, and the address in angle brackets. */
const NAMED = /^(?:"([^"]*)"|([^"<>@\\]*)) <([^<>]*)>$/;
const MAX_NAME = 64;
/** What cannot be seen and may be a header of its own or turn the writing direction; scripts need the two joiners. */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** The names that need no quotes (RFC 5322, section 3.2.3). */
const PLAIN = /^[\w'&+-][\w '&+-]*$/;

/** The bare address of a sender such as `Example <otp@example.com>`. */
export const senderAddress = (sender: string): string => /<([^<>]*)>$/.exec(sender)?.[1] ?? sender;

/** The domain of a sender, such as `example.com`. */
export const senderDomain = (sender: string): string => senderAddress(sender).replace(/^.*@/, '');

/** An encoded word has at most 75 characters, 12 of them around the text (RFC 2047, section 2). */
const WORD_BYTES = 45;

/** RFC 2047: words of Base64, each of whole characters. */
const encodeName = (name: string): string => {
  const words: string[] = [''];
  for (const character of name) {
    const word = `${words.pop()}`;
    if (Buffer.byteLength(word + character) > WORD_BYTES) words.push(word, character);
    else words.push(word + character);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
};

const writeName = (name: string): string => {
  if (OUTSIDE_ASCII.test(name)) return encodeName(name.normalize('NFC'));
  return PLAIN.test(name) ? name : `"${name}"`;
};

const WORD = /=\?UTF-8\?B\?([A-Za-z\d+/=]*)\?= ?/g;

/** The name of a sender as people read it, undefined if it has none. `sender` is in the form that SES takes. */
export const senderName = (sender: string): string | undefined => {
  const [, quoted, bare = ''] = NAMED.exec(sender) ?? [];
  const name = quoted ?? bare.replace(WORD, (_, text: string) => Buffer.from(text, 'base64').toString());
  return name === '' ? undefined : name;
};

/** The sender with this name, unless it has one of its own. */
export const withSenderName = (sender: string, name: string | undefined): string =>
  name === undefined || senderName(sender) !== undefined ? sender : `${writeName(name)} <${sender}>`;

const readName = (name: string): string | SettingProblem => {
  if (isUnseen(name) || Array.from(name).length > MAX_NAME || /[<>\\]/.test(name)) {
    return new SettingProblem(`needs a name of 1 to ${MAX_NAME} characters, without < > and \\`);
  }
  return name.includes('=?')
    ? new SettingProblem('needs its name as people read it: it is encoded for mail here')
    : writeName(name);
};

/** SES has its identities with domains in small letters, and policies compare letter by letter. */
const lowerDomain = (address: string): string => address.replace(/@.*$/, (domain) => domain.toLowerCase());

const readAddress = (text: string): string | SettingProblem => {
  if (OUTSIDE_ASCII.test(text.replace(/@[^@]*$/, ''))) {
    return new SettingProblem('needs plain letters before the at sign, because SES sends from no others');
  }
  if (/[*?]/.test(text)) {
    return new SettingProblem(
      'needs an address without * and ?, which are wildcards in the policies that name it',
    );
  }
  const address = mailableAddress(text);
  return address !== undefined && ADDRESS.test(address)
    ? lowerDomain(address)
    : new SettingProblem(
        'must be otp@example.com or "Example <otp@example.com>", with one address that SES can send from',
      );
};

const readSender = (text: string): string | SettingProblem => {
  if (HIDDEN.test(text)) {
    return new SettingProblem('has a line break or an invisible character: type it instead of pasting it');
  }
  const [, quoted, bare = '', named] = NAMED.exec(text) ?? [];
  const address = readAddress(named ?? text);
  if (named === undefined || address instanceof SettingProblem) return address;
  const name = readName(quoted ?? bare);
  return name instanceof SettingProblem ? name : `${name} <${address}>`;
};

/** The setting `emailSender`, the only one that has no default and is required. It is read in the form that SES takes. */
export const sender = (description: string): Setting<string> => ({
  description,
  values: 'an address',
  default: 'required',
  read: (given = '') => {
    const text = String(given);
    return text === ''
      ? new SettingProblem('is required: the address codes come from, -c emailSender=otp@example.com')
      : readSender(text);
  },
});
