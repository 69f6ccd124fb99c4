/** An SES that accepts everything, and what becomes of it behind a fault. */

import type { Ses } from '../../../../local/engines/ses/send-email.ts';
import { AwsError } from '../../../../local/ground/service.ts';

export const anSes = () => {
  const accepted: unknown[] = [];
  const ses: Ses = {
    sendEmail: (input) => {
      accepted.push(input);
      return { MessageId: `message-${accepted.length}` };
    },
  };
  return { ses, accepted };
};

/** The answer, or the refusal as the SDK would see it. */
export const send = async (ses: Ses, sessionToken?: string): Promise<unknown> => {
  try {
    return await ses.sendEmail({}, sessionToken);
  } catch (error) {
    if (error instanceof AwsError) return { code: error.code, message: error.message, status: error.status };
    throw error;
  }
};

/** Whether each of this many mails, sent one after the other, was accepted. */
export const sendMany = async (ses: Ses, count: number): Promise<readonly boolean[]> => {
  const results: boolean[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    results.push('MessageId' in ((await send(ses)) as object));
  }
  return results;
};
