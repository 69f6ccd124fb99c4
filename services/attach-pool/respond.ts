/** Tells CloudFormation how it went. Without an answer, it would wait until its time is up. */
import { setTimeout as wait } from 'node:timers/promises';

export interface CloudFormationAnswer {
  readonly status: 'SUCCESS' | 'FAILED';
  /** Shown to whoever deploys. */
  readonly reason?: string;
}

/** The parts of an event that an answer repeats. */
export interface Asked {
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/** CloudFormation takes 4096 bytes for the whole answer. */
const MAX_REASON = 1_000;
/** Milliseconds before each further try. */
const PAUSES = [500, 2_000, 5_000];
const TRY_TIMEOUT_MS = 10_000;

const clipped = (text: string): string => {
  let clip = text;
  while (Buffer.byteLength(clip) > MAX_REASON) clip = clip.slice(0, -1);
  return clip;
};

const put = async (url: string, body: string): Promise<void> => {
  // The signature of the URL is for no content type.
  const headers = { 'content-type': '' };
  const signal = AbortSignal.timeout(TRY_TIMEOUT_MS);
  const { ok, status } = await fetch(url, { method: 'PUT', body, headers, signal });
  if (!ok) throw new Error(`The answer was not taken: ${status}`);
};

/** Rejects if the answer could not be handed over in four tries. */
export const respond = async (
  asked: Asked,
  physicalId: string,
  { status, reason = '' }: CloudFormationAnswer,
  pauses: readonly number[] = PAUSES,
): Promise<void> => {
  const body = JSON.stringify({
    Status: status,
    ...(reason !== '' && { Reason: clipped(reason) }),
    PhysicalResourceId: physicalId,
    StackId: asked.StackId,
    RequestId: asked.RequestId,
    LogicalResourceId: asked.LogicalResourceId,
  });
  const [pause, ...rest] = pauses;
  try {
    await put(asked.ResponseURL, body);
  } catch (error) {
    if (pause === undefined) throw error;
    await wait(pause);
    await respond(asked, physicalId, { status, reason }, rest);
  }
};
