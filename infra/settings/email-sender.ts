/** The address that codes are sent from: its allowed forms and its parts. */
import { type Setting, SettingProblem } from './setting-kinds.ts';

const ADDRESS =
  /^(?!.{65,}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** A display name in ASCII; it needs quotes if it contains special characters (RFC 5322 sections 3.2.3 and 3.2.4). */
const SENDER = /^(?:(?:[A-Za-z0-9][A-Za-z0-9 '&+_-]{0,63}|"[ !#-;=?-[\]-~]{1,64}") <[^<>]*>|[^<> ]*)$/;

/** The bare address of a sender such as `Example <otp@example.com>`. */
export const senderAddress = (sender: string): string => /<([^<>]*)>$/.exec(sender)?.[1] ?? sender;

/** The domain of a sender, such as `example.com`. */
export const senderDomain = (sender: string): string => senderAddress(sender).replace(/^.*@/, '');

const isSender = (sender: string): boolean => SENDER.test(sender) && ADDRESS.test(senderAddress(sender));

/** The setting `emailSender`, the only one that has no default and is required. */
export const sender = (description: string): Setting<string> => ({
  description,
  values: 'an address',
  default: 'required',
  read: (given = '') => {
    const text = String(given);
    if (text === '') {
      return new SettingProblem('is required: the address codes come from, -c emailSender=otp@example.com');
    }
    if (isSender(text)) return text;
    return new SettingProblem(
      'must be otp@example.com or "Example <otp@example.com>", its name in plain letters',
    );
  },
});
