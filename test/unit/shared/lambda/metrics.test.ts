import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMeasure } from '../../../../shared/lambda/metrics.ts';

let lines: string[];

// The metrics go straight to standard output, not through the logger.
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(...String(text).split('\n').filter(Boolean));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Returns what is emitted. Standard output is restored before anything is asserted. */
const emitted = (emit: () => void): readonly Record<string, unknown>[] => {
  emit();
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line));
};

describe('a measurement', () => {
  test('is of the time that is given', () => {
    const [line] = emitted(() => {
      createMeasure('attach-pool', 'EmailOtp', new Date(1_780_000_000_000))({ PoolDrift: 4 });
    });

    expect(line?._aws).toMatchObject({ Timestamp: 1_780_000_000_000 });
  });

  test('is one line in the embedded metric format, with the function as its only dimension', () => {
    const [line, ...others] = emitted(() => {
      createMeasure('deliver-code', 'EmailOtp')({ CodeSent: 1, TimeToSent: 512 });
    });

    expect(others).toEqual([]);
    expect(line).toMatchObject({ service: 'deliver-code', CodeSent: 1, TimeToSent: 512 });
    expect(line?._aws).toMatchObject({
      CloudWatchMetrics: [
        {
          Namespace: 'EmailOtp',
          Dimensions: [['service']],
          Metrics: [
            { Name: 'CodeSent', Unit: 'Count' },
            { Name: 'TimeToSent', Unit: 'Milliseconds' },
          ],
        },
      ],
    });
  });

  test.each([{ reason: 'EmailThrottled' }, { client: 'client1' }] as const)(
    'may have one more dimension, %j, which the next one does not have',
    (dimension) => {
      const [first, next] = emitted(() => {
        const measure = createMeasure('deliver-code', 'EmailOtp');
        measure({ SendTryFailed: 1 }, dimension);
        measure({ CodeSent: 1 });
      });

      const [name] = Object.keys(dimension);
      expect(first).toMatchObject({ ...dimension, SendTryFailed: 1 });
      expect(first?._aws).toMatchObject({ CloudWatchMetrics: [{ Dimensions: [['service', name]] }] });
      expect(next?._aws).toMatchObject({ CloudWatchMetrics: [{ Dimensions: [['service']] }] });
    },
  );
});
