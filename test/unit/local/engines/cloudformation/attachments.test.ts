import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAttachments } from '../../../../../local/engines/cloudformation/attachments.ts';
import { openState, type State } from '../../../../../local/ground/state.ts';
import { aDeployment, aTemplate, type Behaviour, refuses } from './a-deployment.ts';

let folder: string;
let state: State;
let pools: Set<string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attachments-'));
  state = openState(folder);
  pools = new Set(['us-east-1_A']);
});
afterEach(() => state.close());

/** A start of an app that attaches these pools. */
const aStart = (poolIds: readonly string[], behave?: Behaviour) => {
  const said: string[] = [];
  const template = aTemplate(Object.fromEntries(poolIds.map((id) => [`At${id}`, { UserPoolId: id }])));
  const { resources, told } = aDeployment({ state, folder }, template, behave);
  const attachments = createAttachments({
    resources,
    isThere: async (poolId) => pools.has(poolId),
    say: (text) => void said.push(text),
  });
  const requests = () => told.map((one) => `${one.RequestType} ${one.ResourceProperties.UserPoolId}`);
  return { attachments, said, requests };
};

describe('a pool elsewhere', () => {
  it('is attached once, and detached when the app attaches it no longer', async () => {
    const first = aStart(['us-east-1_A']);
    await first.attachments.carryOut();
    const second = aStart(['us-east-1_A']);
    await second.attachments.carryOut();
    const third = aStart([]);
    await third.attachments.carryOut();

    expect(first.said).toEqual(['The user pool us-east-1_A is attached']);
    expect([second.said, second.requests()]).toEqual([[], []]);
    expect(third.said).toEqual([
      'The user pool us-east-1_A is detached, because the app attaches it no longer',
    ]);
    expect(third.requests()).toEqual(['Delete us-east-1_A']);
  });

  it('that is refused ends the start with the reason', async () => {
    const { attachments } = aStart(['us-east-1_A'], refuses('The client web is open'));

    await expect(attachments.carryOut()).rejects.toThrow(
      'The user pool us-east-1_A is not attached: The client web is open',
    );
  });

  it('that cannot be detached is said, and does not end the start', async () => {
    await aStart(['us-east-1_A']).attachments.carryOut();
    const { attachments, said } = aStart([], refuses('Cognito is away'));

    await attachments.carryOut();

    expect(said).toEqual([
      'The user pool us-east-1_A could not be detached, which is tried again at the next start: Cognito is away',
    ]);
  });
});

describe('a pool that is not there yet', () => {
  it('is attached as soon as somebody has made it', async () => {
    const { attachments, said, requests } = aStart(['us-east-1_B']);
    await attachments.carryOut();
    expect(requests()).toEqual([]);

    pools.add('us-east-1_B');
    attachments.lookAgain();
    attachments.lookAgain();
    await attachments.settled();

    expect(said).toEqual(['The user pool us-east-1_B is attached']);
    expect(requests()).toEqual(['Create us-east-1_B']);
  });

  it('waits on while others are made', async () => {
    const { attachments, requests } = aStart(['us-east-1_B']);
    await attachments.carryOut();

    pools.add('us-east-1_C');
    attachments.lookAgain();
    await attachments.settled();

    expect(requests()).toEqual([]);
  });

  it('and is refused then is said, and waits for the next start', async () => {
    const { attachments, said } = aStart(['us-east-1_B'], refuses('MFA is ON'));
    await attachments.carryOut();

    pools.add('us-east-1_B');
    attachments.lookAgain();
    attachments.lookAgain();
    await attachments.settled();

    expect(said).toEqual(['The user pool us-east-1_B is not attached: MFA is ON']);
  });

  it('is created anew when it comes back after it was deleted', async () => {
    await aStart(['us-east-1_A']).attachments.carryOut();
    pools.clear();
    await aStart(['us-east-1_A']).attachments.carryOut();
    pools.add('us-east-1_A');
    const { attachments, requests } = aStart(['us-east-1_A']);

    await attachments.carryOut();

    expect(requests()).toEqual(['Create us-east-1_A']);
  });
});
