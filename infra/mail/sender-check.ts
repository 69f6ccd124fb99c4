/** Warns of senders that mail programs trust less. */
import type { Construct } from 'constructs';
import { brandWarnings } from '../../shared/mail/check/check-brand.ts';
import { warn } from '../check/problem.ts';
import type { Settings } from '../settings/settings.ts';

/** SES signs for its own domain then, and bounces go there, so neither is aligned (RFC 7489, section 3.1). */
export const ADDRESS_ADVICE =
  'With senderIdentity=address, mails are signed by amazonses.com and not by your domain, so they cannot pass DMARC, and Gmail, ' +
  'Yahoo and Outlook may put them into spam or refuse them. Before real users get codes, set senderIdentity to domain and publish ' +
  'the records in the outputs (docs/mail.md)';

/** Each warning can be acknowledged by its id. */
export const checkSender = (
  otp: Construct,
  { senderIdentity, mail }: Pick<Settings, 'senderIdentity' | 'mail'>,
): void => {
  if (senderIdentity === 'address') warn({ at: otp, id: 'EmailOtp-AddressIdentity', text: ADDRESS_ADVICE });
  for (const text of brandWarnings(mail.brand ?? {}))
    warn({ at: otp, id: 'EmailOtp-NoReply', text: `mail: ${text}` });
};
