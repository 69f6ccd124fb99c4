import { expect, test } from 'vitest';
import { readReturnTo } from '../../../../web/sign-in/return-to.ts';

const PAGE = 'https://login.example.com/sign-in/';
const ALLOWED = ['https://app.example.com/', '/account/', '/start'];

const returnTo = (asked: string, allowed: readonly string[] = ALLOWED) =>
  readReturnTo(`${PAGE}?returnTo=${encodeURIComponent(asked)}`, allowed);

test.each([
  ['https://app.example.com/', 'https://app.example.com/'],
  ['https://app.example.com/orders?id=7#top', 'https://app.example.com/orders?id=7#top'],
  ['https://APP.example.com:443/orders', 'https://app.example.com/orders'],
  ['/account/', 'https://login.example.com/account/'],
  ['/account/mail?x=%2F%5C', 'https://login.example.com/account/mail?x=%2F%5C'],
  ['/start', 'https://login.example.com/start'],
  ['/start/here', 'https://login.example.com/start/here'],
])('"%s" is allowed, and leads to %s', (asked, address) => {
  expect(returnTo(asked)).toBe(address);
});

test.each([
  ['another origin', 'https://evil.example/'],
  ['an origin that begins like an allowed one', 'https://app.example.com.evil.example/'],
  ['another port', 'https://app.example.com:8443/'],
  ['the allowed origin without encryption', 'http://app.example.com/'],
  ['a password before the host', 'https://user:pass@app.example.com/'],
  ['an allowed host as a user name', 'https://app.example.com@evil.example/'],
  ['an address without a scheme', '//app.example.com/'],
  ['two slashes before a host', '//evil.example/account/'],
  ['three slashes', '///evil.example/account/'],
  ['a backslash', '/\\evil.example/account/'],
  ['a backslash after the scheme', 'https:\\\\app.example.com/'],
  ['a script', 'javascript:alert(1)'],
  ['a script that looks like an allowed path', 'javascript://login.example.com/account/%0aalert(1)'],
  ['a document', 'data:text/html,<script>alert(1)</script>'],
  ['a blob of an allowed origin', 'blob:https://app.example.com/1'],
  ['a tab in the scheme', 'java\tscript:alert(1)'],
  ['a space before it', ' https://app.example.com/'],
  ['a line break', '/account/\n/evil'],
  ['an invisible character', '/\u200b/evil.example/account/'],
  ['a path that climbs out', '/account/../admin'],
  ['a path that climbs out, encoded', '/account/%2e%2e/admin'],
  ['an encoded slash', '/account/..%2fadmin'],
  ['an encoded backslash', '/account/..%5cadmin'],
  ['a slash that is encoded twice', '/account/..%252fadmin'],
  ['an encoded line break', '/account/%0d%0aSet-Cookie'],
  ['a path that begins like an allowed one', '/started'],
  ['a path that is not below the page', 'account/'],
  ['nothing', ''],
  ['an address that is too long', `/account/${'a'.repeat(2_000)}`],
])('%s is ignored', (_, asked) => {
  expect(returnTo(asked)).toBeUndefined();
});

test('a page that allows nothing goes nowhere, and neither does one that is not asked', () => {
  expect(returnTo('/account/', [])).toBeUndefined();
  expect(readReturnTo(`${PAGE}?returnTo=/account/`)).toBeUndefined();
  expect(readReturnTo(PAGE, ALLOWED)).toBeUndefined();
});

test('two wishes in one address are ignored, because others may read the other one', () => {
  expect(readReturnTo(`${PAGE}?returnTo=/account/&returnTo=/start`, ALLOWED)).toBeUndefined();
});

test('a configuration that allows a script, or what is no address, allows nothing', () => {
  expect(returnTo('javascript:alert(1)', ['javascript:', 'https://', ''])).toBeUndefined();
  expect(returnTo('data:text/html,x', ['data:'])).toBeUndefined();
});
