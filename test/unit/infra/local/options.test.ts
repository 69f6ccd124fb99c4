import { describe, expect, test } from 'vitest';
import { FAULT_SETTINGS } from '../../../../infra/local/faults/faults.ts';
import { readStartCommand, USAGE, UsageError } from '../../../../infra/local/options.ts';

const refusal = (...args: readonly string[]): string => {
  try {
    return JSON.stringify(readStartCommand(args));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
};

describe('the options of npm start', () => {
  test('may all be left out', () => {
    expect(readStartCommand([])).toEqual({
      kind: 'start',
      options: { port: 4566, folder: '.local', context: { emailSender: 'otp@example.com' }, faults: {} },
    });
  });

  test('set what goes wrong from the start, one by one', () => {
    const command = readStartCommand(['--fault', 'sesDelaySeconds=10', '--fault', 'sesDown=true']);

    expect(command).toMatchObject({ options: { faults: { sesDelaySeconds: 10, sesDown: true } } });
  });

  test.each([
    [['--fault', 'sesDown'], /--fault takes <name>=<value>, not "sesDown"/],
    [['--fault', 'sesDelaySeconds=61'], '--fault: sesDelaySeconds must be a whole number from 0 to 60'],
    [['--fault', 'sesDelaySeconds='], /must be a whole number from 0 to 60/],
    [['--fault', 'slow=1'], /slow is not a fault; the faults are sesDelaySeconds, /],
    [['--fault', 'sesDown=1', '--fault', 'clockRate=0'], /sesDown must be true.*; clockRate must be a whole/],
    [['-c', 'codeLength'], /-c takes <name>=<value>/],
    [['--port', '70000'], /--port must be a whole number from 1 to 65535/],
    [['--what'], /'--what'/],
  ])('%j are refused in words', (args, message) => {
    expect(refusal(...args)).toMatch(message);
  });

  test.each(['--help', '-h'])('%s asks for the usage, which names every fault', (option) => {
    expect(readStartCommand([option])).toEqual({ kind: 'help' });
    for (const name of Object.keys(FAULT_SETTINGS)) expect(USAGE).toContain(name);
  });
});
