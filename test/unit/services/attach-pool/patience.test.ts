import { describe, expect, it } from 'vitest';
import { untilPermitted } from '../../../../services/attach-pool/patience.ts';

const failing = (name: string, times: number) => {
  let calls = 0;
  return {
    calls: () => calls,
    run: async () => {
      calls += 1;
      if (calls <= times) throw Object.assign(new Error(`try ${calls}`), { name });
      return calls;
    },
  };
};

describe('a permission that is not known everywhere yet', () => {
  it.each(['AccessDeniedException', 'AccessDenied', 'NotAuthorizedException'])(
    'is waited for: %s',
    async (name) => {
      const { run } = failing(name, 3);

      expect(await untilPermitted(run, [0, 0, 0])).toBe(4);
    },
  );

  it('is not waited for in vain for ever', async () => {
    const { run, calls } = failing('AccessDeniedException', 9);

    await expect(untilPermitted(run, [0, 0])).rejects.toThrow('try 3');
    expect(calls()).toBe(3);
  });

  it('is all that is waited for', async () => {
    const { run, calls } = failing('ResourceNotFoundException', 1);

    await expect(untilPermitted(run, [0, 0])).rejects.toThrow('try 1');
    expect(calls()).toBe(1);
  });
});
