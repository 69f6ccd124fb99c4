import { describe, expect, it } from 'vitest';
import { clientsWords, doneWords, planText } from '../../../../commands/attach/plan-words.ts';
import type { Fate, Plan } from '../../../../shared/pool/plan.ts';

const OUTLOOK = { nextSignIn: 'A code.', refresh: 'Goes on.', machine: 'There is none.' };

const PLAN: Plan = {
  changes: [
    { at: 'pool', property: 'DeletionProtection', before: 'INACTIVE', after: 'ACTIVE' },
    { at: { clientId: '1abc' }, property: 'ExplicitAuthFlows', after: ['ALLOW_CUSTOM_AUTH'] },
  ],
  doors: [],
  clients: [
    { clientId: '1abc', clientName: 'web', ...OUTLOOK },
    { clientId: '2def', clientName: '2def', ...OUTLOOK },
  ],
  tainted: ['1abc', '2def'],
  refusals: [],
};

const textOf = (more: Partial<Plan> = {}, notes: readonly string[] = []) =>
  planText({ ...PLAN, ...more }, { userPoolId: 'eu-west-1_Abc', notes });

describe('a plan', () => {
  it('says what changes, before and after, and what users of each client notice', () => {
    expect(textOf()).toBe(`User pool eu-west-1_Abc

What changes:
  the pool
    DeletionProtection: INACTIVE -> ACTIVE
  the client web (1abc)
    ExplicitAuthFlows: nothing -> ["ALLOW_CUSTOM_AUTH"]

What users of each client notice:
  web (1abc)
    next sign-in   A code.
    refresh        Goes on.
    machine token  There is none.
  2def
    next sign-in   A code.
    refresh        Goes on.
    machine token  There is none.`);
  });

  it('that changes nothing says so', () => {
    expect(textOf({ changes: [] })).toContain('What changes:\n  nothing\n');
  });

  it.each<[Fate, boolean, string]>([
    ['closed', true, '  recovery: closed by this\n    The harm.\n\n'],
    ['accepted', true, '  recovery: stays open, as you accept\n    The harm.\n    The remedy.\n\n'],
    ['reporting', true, '  recovery: open for now, and counted\n    The harm.\n    The remedy.\n\n'],
    ['open', false, '  recovery: open\n    The harm.\n    The remedy.\n\n'],
    ['open', true, '  recovery: open, and in the way (see below)\n\n'],
  ])('says of a door that is %s (blocking: %s) what it does, and what closes it', (fate, blocks, lines) => {
    const door = {
      id: 'recovery',
      at: 'pool',
      harm: 'The harm.',
      remedy: 'The remedy.',
      fate,
      blocks,
    } as const;

    expect(textOf({ doors: [door] })).toContain(
      `Ways around the code, and what makes sign-ins fail:\n${lines}`,
    );
  });

  it('ends with what is to be known, and with what stands in its way', () => {
    const text = textOf({ refusals: ['recovery: The mailbox would do.'] }, ['A note.']);

    expect(text).toMatch(
      /Note:\n {2}A note\.\n\nNothing can be attached like this:\n {2}recovery: The mailbox would do\.$/,
    );
  });
});

it('calls clients by their names and ids', () => {
  expect(clientsWords(PLAN, PLAN.tainted)).toBe('web (1abc), 2def');
});

it('says what was written, and where what was before is', () => {
  expect(doneWords(1, 'undo.json')).toContain('1 property was written, read again and compared');
  expect(doneWords(3, 'undo.json')).toContain('What was before is in undo.json; detach needs it.');
  expect(doneWords(0, 'undo.json')).toContain('nothing was written');
});
