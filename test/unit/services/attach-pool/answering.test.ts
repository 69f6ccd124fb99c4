import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { answering, explaining } from '../../../../services/attach-pool/answering.ts';
import { carryOut, type Dependencies } from '../../../../services/attach-pool/carry-out.ts';
import { writingInTime } from '../../../../services/attach-pool/in-time.ts';
import { ReportedError } from '../../../../shared/lambda/reported-error.ts';
import { POOL_ID } from '../../../support/pools/pools.ts';
import { CONTEXT } from '../../../support/sign-in/trigger.ts';
import { anEvent, aWorld } from './a-live-pool.ts';
import { aResponseUrl } from './a-response-url.ts';

const NONE: readonly number[] = [];

type Run = Parameters<typeof answering>[0];

/** The one answer to a call. */
const answerOf = async (
  run: Run,
  context: Context = { ...CONTEXT, getRemainingTimeInMillis: () => 600_000 },
) => {
  await using url = await aResponseUrl();
  await answering(run, NONE)({ ...anEvent('Create'), ...url.asked }, context);
  expect(url.answers).toHaveLength(1);
  return url.answers[0]?.body;
};

const aws = (name: string, message: string) =>
  Object.assign(new Error(message), { name, $metadata: { requestId: 'aws-1' } });

describe('CloudFormation gets one answer', () => {
  it('when it went well', async () => {
    expect(await answerOf(async () => undefined)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: POOL_ID,
    });
  });

  it('when it failed, with the reason and where the log has more', async () => {
    const run = () => Promise.reject(new ReportedError('AttachRefused', 'It is left as it is.'));

    expect(await answerOf(run)).toMatchObject({
      Status: 'FAILED',
      Reason: 'AttachRefused: It is left as it is. (request request-1)',
      PhysicalResourceId: POOL_ID,
    });
  });

  it('before the function’s time is up, although nothing came of it yet', async () => {
    const never = () => new Promise<never>(() => {});
    const context = { ...CONTEXT, getRemainingTimeInMillis: () => 48_000 };

    expect(await answerOf(never, context)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('took too long. Deploy again'),
    });
  });
});

describe('a run that took too long', () => {
  const late = { ...CONTEXT, getRemainingTimeInMillis: () => 48_000 };

  it('writes nothing any more, although it goes on', async () => {
    const world = aWorld();
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<unknown>();
    const taint = async (...args: Parameters<typeof world.dependencies.taint>) => {
      await answered;
      await world.dependencies.taint(...args);
    };
    const poolApi = (id: string) => ({
      ...world.dependencies.poolApi(id),
      describePool: async () => {
        await answered;
        return await world.dependencies.poolApi(id).describePool();
      },
    });
    const run: Run = async (event) => {
      await carryOut({ ...world.dependencies, taint, poolApi }, event).then(goesOn.reject, goesOn.resolve);
    };
    expect(await answerOf(run, late)).toMatchObject({ Status: 'FAILED' });
    resolve();

    expect(await goesOn.promise).toMatchObject({ name: 'TooLate' });
    // That attaching has begun was written before the answer.
    expect(world.names().filter((name) => /write|update|taint/.test(name))).toEqual(['writeUndo']);
  });

  it.each([
    ['updatePool', (deps: Dependencies) => deps.poolApi(POOL_ID).updatePool({})],
    ['writeUndo', (deps: Dependencies) => deps.undo.write(POOL_ID, { changes: [], done: [] })],
    ['forgetUndo', (deps: Dependencies) => deps.undo.forget(POOL_ID)],
    ['taint', (deps: Dependencies) => deps.taint(POOL_ID, 'web', { at: '', refusedFrom: '' })],
  ])('does no %s', async (name, write) => {
    const world = aWorld();
    await write(writingInTime(world.dependencies, new AbortController().signal));
    expect(world.names()).toEqual([name]);

    const reason = new Error('too late');
    const writing = async () => write(writingInTime(world.dependencies, AbortSignal.abort(reason)));
    await expect(writing()).rejects.toBe(reason);
    expect(world.names()).toEqual([name]);
  });
});

it('if the answer could not be handed over, the call fails, so that Lambda calls again', async () => {
  await using url = await aResponseUrl(1);
  const call = answering(async () => undefined, NONE)({ ...anEvent('Create'), ...url.asked }, CONTEXT);

  await expect(call).rejects.toMatchObject({
    name: 'NotAnswered',
    message: expect.not.stringContaining('500'),
  });
});

describe('what AWS says', () => {
  it('is shown, without addresses', async () => {
    const run = explaining(() =>
      Promise.reject(aws('InvalidParameterException', 'No such sender: Alice <alice@example.com>')),
    );

    await expect(run).rejects.toMatchObject({
      name: 'AwsRefuses',
      message: 'InvalidParameterException: No such sender: Alice <***>',
    });
  });

  it('is not what others say', async () => {
    const error = new TypeError('x is not a function');

    await expect(explaining(() => Promise.reject(error))).rejects.toBe(error);
  });
});
