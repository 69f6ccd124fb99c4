/** An SES that accepts everything, with the faults that are set in front of it, and helpers that send mails to it. */
import { vi } from 'vitest';
import type { Ses } from '../../../../local/engines/ses/send-email.ts';
import { createFaultSwitches } from '../../../../local/faults/fault-switches.ts';
import type { Faults } from '../../../../local/faults/fault-table.ts';
import { disturbSes } from '../../../../local/faults/faulty-ses.ts';
import { createClock } from '../../../../local/ground/clock.ts';
import { AwsError } from '../../../../local/ground/service.ts';
import { createWait } from '../../../../local/ground/wait.ts';

/** The session token of the one process that can be killed. */
export const FUNCTION = 'token-of-a-process';

const anSes = () => {
  const accepted: unknown[] = [];
  const ses: Ses = {
    sendEmail: (input) => {
      accepted.push(input);
      return { MessageId: `message-${accepted.length}` };
    },
  };
  return { ses, accepted };
};

/** `rate` is the rate of the local clock. */
export const aFaultySes = (initial: Partial<Faults> = {}, { ses, accepted } = anSes(), rate = 1) => {
  const clock = createClock();
  clock.adjust({ rate });
  const closing = new AbortController();
  const faults = createFaultSwitches(initial);
  const crash = vi.fn((token: string | undefined) => (token === FUNCTION ? Promise.resolve() : undefined));
  const faulty = disturbSes(ses, { faults, crash, wait: createWait(clock, closing.signal) });
  return { faulty, accepted, faults, crash, closing };
};

/** Returns the response, or the refusal as the SDK would see it. */
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
