import { describe, expect, it } from 'vitest';
import { respond } from '../../../../services/attach-pool/respond.ts';
import { aResponseUrl } from './a-response-url.ts';

const AT_ONCE = [0, 0, 0];

describe('CloudFormation', () => {
  it('is told how it went, for which request, and the id of the pool', async () => {
    await using url = await aResponseUrl();
    await respond(url.asked, 'eu-west-1_Pool', { status: 'SUCCESS' }, AT_ONCE);

    const { ResponseURL, ...repeated } = url.asked;
    expect(url.answers).toMatchObject([
      { method: 'PUT', body: { Status: 'SUCCESS', PhysicalResourceId: 'eu-west-1_Pool', ...repeated } },
    ]);
    expect(url.answers[0]?.body).not.toHaveProperty('Reason');
    // The URL is signed for none.
    expect(url.answers[0]?.contentType ?? '').toBe('');
  });

  it('is told once more if it did not take the answer', async () => {
    await using url = await aResponseUrl(3);
    await respond(url.asked, 'eu-west-1_Pool', { status: 'FAILED', reason: 'why' }, AT_ONCE);

    expect(url.requests()).toBe(4);
    expect(url.answers).toMatchObject([{ body: { Status: 'FAILED', Reason: 'why' } }]);
  });

  it('is not told for ever', async () => {
    await using url = await aResponseUrl(4);

    await expect(respond(url.asked, 'id', { status: 'SUCCESS' }, AT_ONCE)).rejects.toThrow('500');
    expect(url.requests()).toBe(4);
  });

  it.each([
    ['plain letters', 'x'.repeat(9_000)],
    ['letters of several bytes', 'ü€😀'.repeat(3_000)],
  ])('takes an answer of 4096 bytes at most, of %s', async (_, reason) => {
    await using url = await aResponseUrl();
    await respond(url.asked, 'eu-west-1_Pool', { status: 'FAILED', reason }, AT_ONCE);

    expect(url.answers[0]?.bytes).toBeLessThan(2_048);
    const clipped = String(url.answers[0]?.body.Reason);
    expect(clipped.length).toBeGreaterThan(300);
    expect(clipped).not.toContain('\ufffd');
    expect(reason.startsWith(clipped)).toBe(true);
  });
});
