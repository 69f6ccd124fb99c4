import { afterEach, expect, test, vi } from 'vitest';
import { RequestError, requestJson, UNREACHABLE, wordsFor } from '../../../../web/kit/http.ts';

const answering = (answer: () => Response) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

test('returns what the system says, as it is now', async () => {
  answering(() => Response.json({ now: 1 }));

  expect(await requestJson('clock.json', { method: 'PUT' })).toEqual({ now: 1 });
  expect(fetch).toHaveBeenCalledExactlyOnceWith('clock.json', { cache: 'no-store', method: 'PUT' });
});

test.each([
  [
    'an AWS operation',
    () =>
      Response.json({ __type: 'UserNotFoundException', message: 'User does not exist.' }, { status: 400 }),
    { code: 'UserNotFoundException', message: 'User does not exist.' },
  ],
  [
    'something that gives no reason',
    () => Response.json({}, { status: 503 }),
    { code: '', message: 'The request was refused (HTTP 503).' },
  ],
  [
    'an answer that is no JSON',
    () => new Response('<html>', { status: 502 }),
    { code: 'Unreadable', message: 'The answer could not be read (HTTP 502).' },
  ],
  [
    'nobody',
    () => {
      throw new TypeError('Failed to fetch');
    },
    { code: 'Unreachable', message: UNREACHABLE },
  ],
])('says why it failed when refused by %s', async (_, answer, reason) => {
  answering(answer);

  const request = requestJson('anything.json');

  await expect(request).rejects.toBeInstanceOf(RequestError);
  await expect(request).rejects.toMatchObject(reason);
});

test('has a sentence for every error, and shows the text of its own alone', () => {
  expect(wordsFor(new RequestError('Any', 'User does not exist.'))).toBe('User does not exist.');
  expect(wordsFor(new TypeError('x is undefined'))).toBe('This page has failed. Please load it again.');
});
