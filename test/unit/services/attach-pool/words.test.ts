import { describe, expect, it } from 'vitest';
import { wishFor } from '../../../../services/attach-pool/wish.ts';
import { whyDiffers, whyRefused } from '../../../../services/attach-pool/words.ts';
import { planAttach } from '../../../../shared/pool/plan.ts';
import { aClient, aState, NOW, POOL_ID } from '../../../support/pools/pools.ts';
import { anOrder } from './a-live-pool.ts';

const asking = {
  order: anOrder(),
  kept: { changes: [], done: [] },
  isReturn: false,
  formerly: [],
  region: 'eu-west-1',
  now: NOW,
};

/** A plan with so many open clients. */
const planWith = (count: number, ClientName: (n: number) => string) => {
  const clients = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `client${n}`,
      aClient({ ClientName: ClientName(n), ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }),
    ]),
  );
  const state = aState({ clients });
  return planAttach(state, wishFor(state, asking));
};

const refused = (count: number, name = (n: number) => `app-${n}`) => {
  const plan = planWith(count, name);
  return whyRefused(POOL_ID, { plan, refusals: plan.refusals });
};

describe('why a pool is refused', () => {
  it('is said in whole sentences where there is room', () => {
    expect(refused(1)).toMatch(
      /^The user pool eu-west-1_AbCdEfGhI is left as it is\. client0 \(app-0\): The client lets users in without the code/,
    );
  });

  it('is said by all the names where there is none', () => {
    const text = refused(12);

    expect(text).toContain('12 things are in the way: app-0 (client0), app-1 (client1)');
    expect(text).toContain('app-11 (client11). attach --plan says');
  });

  it('says how many more there are, in a text that CloudFormation takes', () => {
    const text = refused(300);

    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(950);
    expect(text).toMatch(/\(client\d+\), and 2\d\d more\. attach --plan/);
  });

  it('has no address, whatever somebody has called a client', () => {
    expect(refused(1, () => 'alice@example.com')).not.toContain('alice');
  });
});

describe('what is not as it should be', () => {
  it('is named without the values, which may be messages', () => {
    const differences = [
      { at: 'pool', property: 'EmailConfiguration.From', expected: 'a@example.com', found: 'b@example.com' },
      { at: { clientId: 'web' }, property: 'client', found: 'there' },
    ] as const;
    const text = whyDiffers(POOL_ID, { kind: 'differs', differences });

    expect(text).toContain('is not as it should be now, in EmailConfiguration.From, client web client');
    expect(text).not.toContain('example.com');
  });

  it('is a few names of many', () => {
    const differences = Array.from({ length: 30 }, (_, n) => ({ at: 'pool', property: `P${n}` }) as const);

    expect(whyDiffers(POOL_ID, { kind: 'changedMeanwhile', differences })).toContain('P7 and 22 more');
  });
});
