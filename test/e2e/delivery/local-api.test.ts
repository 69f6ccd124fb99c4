import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provePassword } from '../../../commands/sign-in/sign-in-flow.ts';
import { answerCode } from '../../support/sign-in/answer-code.ts';
import { executionsFor, getLocal, setFaults } from '../../support/system/local-api.ts';
import {
  createUser,
  mailsTo,
  startTestSystem,
  stopTestSystem,
  type TestSystem,
  waitForCode,
} from '../../support/system/local-system.ts';

let system: TestSystem;
beforeAll(async () => {
  system = await startTestSystem({ faults: { sesThrottlePercent: 1 } });
});
afterAll(() => stopTestSystem(system));

const events = async ({ url }: TestSystem) => {
  const { headers, body } = await fetch(`${url}/_local/events`);
  const reader = (body ?? expect.unreachable()).pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const pump = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
    }
  };
  const ended = pump().then(
    () => 'complete',
    () => 'cut off',
  );
  return { headers, received: () => text, ended, hangUp: () => reader.cancel() };
};

describe("the local system's own HTTP interface", () => {
  it('gives a page what it needs to sign in, under the name that the page itself was fetched by', async () => {
    const config = await getLocal(system, 'config.json');

    expect(config).toEqual({
      region: 'us-east-1',
      userPoolId: system.poolId,
      userPoolClientId: system.clientId,
      endpoint: system.url,
      demoUser: { username: 'demo@example.com', password: 'correct-horse' },
    });
    const { port } = new URL(system.url);
    const elsewhere = await fetch(`http://localhost:${port}/_local/config.json`);
    expect(await elsewhere.json()).toMatchObject({ endpoint: `http://localhost:${port}` });
  });

  it('shows the state machine as synthesized, and the executions with their machine', async () => {
    const user = await createUser(system);
    const step = await provePassword(system.client, user);
    await answerCode(system.client, user, step, await waitForCode(system, user));
    await system.idle();

    const machines = await getLocal(system, 'state-machines.json');
    const executions = await getLocal(system, 'executions.json');

    expect(machines).toMatchObject([{ definition: { StartAt: 'WhichMail', States: { LogDelivery: {} } } }]);
    expect(executions.at(-1)).toMatchObject({ status: 'SUCCEEDED', stateMachineArn: machines[0]?.arn });
    expect(await executionsFor(system, user)).toHaveLength(1);
  });

  it('starts with the faults that it was given, and sets one without touching the others', async () => {
    await setFaults(system, { crashAfterSend: 0, clockRate: 2 });

    expect(await getLocal(system, 'faults.json')).toMatchObject({ sesThrottlePercent: 1, clockRate: 2 });
    expect(await getLocal(system, 'clock.json')).toMatchObject({ rate: 2 });
    await setFaults(system, { clockRate: 1 });
  });

  it('tells of mails, executions and changed faults as they come', async () => {
    const user = await createUser(system);
    const stream = await events(system);

    await setFaults(system, { sesThrottlePercent: 0 });
    await provePassword(system.client, user);
    await waitForCode(system, user);

    const [mail] = mailsTo(system, user);
    const [execution] = await executionsFor(system, user);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    await expect.poll(stream.received).toContain(`event: mail\ndata: {"messageId":"${mail?.messageId}"}\n\n`);
    expect(stream.received()).toContain('event: faults\ndata: {}\n\n');
    expect(stream.received()).toContain(
      `event: execution\ndata: {"executionArn":"${execution?.executionArn}"}\n\n`,
    );
    await stream.hangUp();
  });

  it('ends the streams when the system does', async () => {
    const other = await startTestSystem();
    const stream = await events(other);

    await stopTestSystem(other);

    expect(await stream.ended).toBe('cut off');
  });
});
