/** The texts of Cognito's own mails and messages, which the API shows under two names each. */
import type { JsonObject } from '../../../../../ground/service.ts';
import { record } from '../../../properties.ts';

/** The older name, and the template's. SDK: the older ones are "no longer used", so the template's text is the one that counts. */
const NAMES = [
  ['EmailVerificationMessage', 'EmailMessage'],
  ['EmailVerificationSubject', 'EmailSubject'],
  ['SmsVerificationMessage', 'SmsMessage'],
] as const;

export const describedMessages = (properties: JsonObject): JsonObject => {
  const template = record(properties.VerificationMessageTemplate);
  const texts = NAMES.flatMap(([older, newer]) => {
    const text = template[newer] ?? properties[older];
    return text === undefined ? [] : [{ older, newer, text }];
  });
  return {
    ...Object.fromEntries(texts.map(({ older, text }) => [older, text])),
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      ...template,
      ...Object.fromEntries(texts.map(({ newer, text }) => [newer, text])),
    },
  };
};
