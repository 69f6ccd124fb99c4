import { describe, expect, test, vi } from 'vitest';
import { readEmf } from '../../../../../local/engines/metrics/emf.ts';
import { createMeasure } from '../../../../../shared/lambda/metrics.ts';

const AT = Date.UTC(2025, 0, 15, 12);

/** A line with a metric `CodeSent` of the dimension `service`, and with these changes. */
const aLine = ({ directive = {}, root = {}, metadata = {} } = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: AT,
      CloudWatchMetrics: [
        {
          Namespace: 'EmailOtp',
          Dimensions: [['service']],
          Metrics: [{ Name: 'CodeSent', Unit: 'Count' }],
          ...directive,
        },
      ],
      ...metadata,
    },
    service: 'deliver-code',
    CodeSent: 1,
    ...root,
  });

const dataOf = (line: string) => {
  const read = readEmf(line);
  return read.kind === 'metrics' ? read.data : expect.unreachable(JSON.stringify(read));
};

const datum = {
  namespace: 'EmailOtp',
  name: 'CodeSent',
  unit: 'Count',
  dimensions: { service: 'deliver-code' },
  at: AT,
  values: [1],
};

describe('a line in the embedded metric format', () => {
  test('says what was measured, of what and when', () => {
    expect(dataOf(aLine())).toEqual([datum]);
  });

  test('may have several values, metrics and sets of dimensions, none of them included', () => {
    const line = aLine({
      directive: {
        Dimensions: [['service', 'reason'], []],
        Metrics: [{ Name: 'CodeSent', Unit: 'Count' }, { Name: 'Delay' }],
      },
      root: { reason: 'EmailThrottled', Delay: [3, 1.5, 3] },
    });

    const both = { service: 'deliver-code', reason: 'EmailThrottled' };
    const delay = { ...datum, name: 'Delay', unit: 'None', values: [3, 1.5, 3] };
    expect(dataOf(line)).toEqual([
      { ...datum, dimensions: both },
      { ...delay, dimensions: both },
      { ...datum, dimensions: {} },
      { ...delay, dimensions: {} },
    ]);
  });

  test('is understood as the functions write it', () => {
    const lines: string[] = [];
    const stdout = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    createMeasure('deliver-code', 'EmailOtp')(
      { SendTryFailed: 1, TimeToSent: 512 },
      { reason: 'EmailThrottled' },
    );
    stdout.mockRestore();

    const of = { ...datum, dimensions: { service: 'deliver-code', reason: 'EmailThrottled' } };
    const at = expect.any(Number);
    expect(lines.flatMap(dataOf)).toEqual([
      { ...of, at, name: 'SendTryFailed' },
      { ...of, at, name: 'TimeToSent', unit: 'Milliseconds', values: [512] },
    ]);
  });
});

test.each([
  ['text', 'START RequestId: 1'],
  ['nothing', ''],
  ['JSON of another kind', '{"level":"INFO","message":"started"}'],
  ['a log line that speaks of the format', '{"message":"\\"CloudWatchMetrics\\""}'],
  ['metadata of another kind', '{"_aws":{"Timestamp":1},"note":{"CloudWatchMetrics":[]}}'],
])('%s is no metric', (_, line) => {
  expect(readEmf(line)).toEqual({ kind: 'no-metrics' });
});

describe('a malformed line is refused as a whole:', () => {
  const directive = (change: object) => aLine({ directive: change });
  const metrics = (...Metrics: unknown[]) => directive({ Metrics });

  test.each([
    ['one that is cut off', aLine().slice(0, -9), 'The line is not a JSON object'],
    ['no time', aLine({ metadata: { Timestamp: 'now' } }), 'Timestamp must be a number of milliseconds'],
    ['no list', aLine({ metadata: { CloudWatchMetrics: {} } }), 'CloudWatchMetrics must be an array'],
    ['an odd directive', aLine({ metadata: { CloudWatchMetrics: [1] } }), 'A directive must be an object'],
    ['no namespace', directive({ Namespace: '' }), /^Namespace must be a text/],
    ['no dimensions', directive({ Dimensions: undefined }), 'Dimensions must be an array'],
    [
      'a flat list of dimensions',
      directive({ Dimensions: ['service'] }),
      'A set of dimensions must be an array',
    ],
    ['a missing dimension', directive({ Dimensions: [['reason']] }), /^The dimension reason must be a text/],
    ['a dimension of JavaScript’s own', directive({ Dimensions: [['toString']] }), /^The dimension toString/],
    [
      'a dimension that is a number',
      aLine({ root: { service: 1 } }),
      /^The dimension service must be a text/,
    ],
    ['too many dimensions', directive({ Dimensions: [Array(31).fill('service')] }), /at most 30 elements$/],
    ['too many metrics', metrics(...Array(101).fill({ Name: 'CodeSent' })), /at most 100 elements$/],
    ['a metric that is a name', metrics('CodeSent'), 'The definition of a metric must be an object'],
    ['a missing metric', metrics({ Name: 'Lost' }), 'The metric Lost must be a number or numbers'],
    ['a metric that is a text', aLine({ root: { CodeSent: '1' } }), /^The metric CodeSent must be a number/],
    [
      'one value that is a text',
      aLine({ root: { CodeSent: [1, '2'] } }),
      /^The metric CodeSent must be a number/,
    ],
    ['too many values', aLine({ root: { CodeSent: Array(101).fill(1) } }), /at most 100 elements$/],
    ['an odd unit', metrics({ Name: 'CodeSent', Unit: 1 }), /^The unit of CodeSent must be a text/],
  ])('%s', (_, line, problem) => {
    const read = readEmf(line);

    expect(read).toEqual({ kind: 'malformed', problem: expect.stringMatching(problem) });
  });
});
