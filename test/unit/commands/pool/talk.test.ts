import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTalk, declined } from '../../../../commands/pool/talk.ts';
import { EXIT } from '../../../../shared/command/failure.ts';

let out: string[];
let err: string[];
beforeEach(() => {
  out = [];
  err = [];
  vi.spyOn(console, 'log').mockImplementation((text) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text) => void err.push(text));
});
afterEach(() => void vi.restoreAllMocks());

const speak = (json: boolean) => {
  const talk = createTalk({ json, yes: true });
  talk.progress('reading');
  talk.say('the plan');
  talk.document({ plan: [] });
};

describe('a command', () => {
  it('speaks to people on the standard output', () => {
    speak(false);

    expect([out, err]).toEqual([['the plan'], ['reading']]);
  });

  it('has one document and nothing else there for machines', () => {
    speak(true);

    expect([out, err]).toEqual([['{"plan":[]}'], ['reading']]);
  });

  it('does not ask where everything is agreed to', async () => {
    expect(await createTalk({ json: true, yes: true }).agreesTo('attach it')).toBe(true);
  });
});

it('changes nothing if somebody declines, which is a refusal', () => {
  expect(declined()).toMatchObject({ message: 'Nothing was changed.', exit: EXIT.refused });
});
