/** Starts the workflow for a notice. The answer is decided by then, and nothing that goes wrong here changes it. */
import { type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { NoticeKind } from '../../shared/domain/notices/notice.ts';
import type { Measure } from '../../shared/lambda/metrics.ts';
import { type NoticeInput, writeNotice } from '../../shared/messages/notice.ts';

/** Starts the notice of this kind for the address with this keyed hash. Never throws. */
export type StartNotice = (notice: NoticeKind, addressHash: string) => Promise<void>;

/** Whom the notices of one answer go to, and the milliseconds until Lambda ends the function. */
interface NoticesOf extends Omit<NoticeInput, 'notice' | 'addressHash'> {
  readonly timeLeft: () => number;
}

/** Milliseconds. One try of a trigger's other calls has as long. */
const LONGEST_MS = 1000;
/** Milliseconds that are left to the function when this gives up, to write its log and to return. */
const RESERVE_MS = 300;

/**
 * Returns the `StartNotice` of an answer. A call that fails or takes too long is measured, and the answer stays what it is.
 * An execution that was started although its response was lost is harmless.
 */
export const createNotices =
  (client: SFNClient, stateMachineArn: string, measure: Measure) =>
  ({ timeLeft, ...recipient }: NoticesOf): StartNotice =>
  async (notice, addressHash) => {
    const name = `${recipient.challengeId}-${notice}`;
    const input = writeNotice({ ...recipient, notice, addressHash });
    const within = Math.max(0, Math.min(LONGEST_MS, timeLeft() - RESERVE_MS));
    const start = new StartExecutionCommand({ stateMachineArn, name, input });
    try {
      await client.send(start, { abortSignal: AbortSignal.timeout(within) });
    } catch {
      measure({ NoticeFailed: 1 });
    }
  };
