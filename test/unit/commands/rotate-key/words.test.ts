import { describe, expect, it } from 'vitest';
import { WARNING } from '../../../../commands/rotate-key/words.ts';

describe('the warning of an emergency', () => {
  const [first, ...effects] = WARNING.replaceAll('\n  ', ' ').split('\n');

  it('says that every key of the codes is replaced, and what that breaks and leaves open', () => {
    expect(first).toBe('This replaces every key of the codes at once.');
    expect(effects).toEqual([
      expect.stringMatching(
        /^- Every code that is out stops working within 5 min\..* counts as a wrong answer\.$/,
      ),
      expect.stringMatching(/^- For those 5 min functions may still hold the old keys/),
    ]);
  });

  it('says nothing of the hashes of addresses, which have a key of their own', () => {
    expect(WARNING).not.toMatch(/hash|address/i);
  });
});
