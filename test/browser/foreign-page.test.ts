import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { describeInBrowser, useConsole } from '../support/browser/browser.ts';

/** A web server as a developer of another app runs it. Returns its URL. */
const startNeighbour = async (): Promise<string> => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Another app</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
};

interface Asked {
  readonly path: string;
  readonly init?: RequestInit;
}

/** What a script of the page learns: the answer's JSON, or that the browser tells it nothing. */
const ask = (page: Page, url: string, { path, init = {} }: Asked): Promise<unknown> =>
  page.evaluate(
    `fetch(${JSON.stringify(url + path)}, ${JSON.stringify(init)}).then((response) => response.json(), () => 'nothing')`,
  );

const call = (operation: string, input: object): Asked => ({
  path: '/',
  init: {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  },
});

describeInBrowser('a web app on another port', () => {
  const { system, openContext } = useConsole();

  const openPage = async (): Promise<Page> => {
    const page = await (await openContext()).newPage();
    await page.goto(await startNeighbour());
    return page;
  };

  it('starts sign-ins, reads why one is refused, and verifies tokens', async () => {
    const { url, poolId, clientId: ClientId } = system();
    const page = await openPage();

    const started = await ask(
      page,
      url,
      call('InitiateAuth', {
        ClientId,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: 'alice@example.com', CHALLENGE_NAME: 'SRP_A', SRP_A: 'abcdef' },
      }),
    );
    const refused = await ask(page, url, call('GetUser', { AccessToken: 'not-a-token' }));
    const keys = await ask(page, url, { path: `/${poolId}/.well-known/jwks.json` });

    expect(started).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
    expect(refused).toMatchObject({ __type: 'NotAuthorizedException' });
    expect(keys).toMatchObject({ keys: [{ kty: 'RSA' }] });
  });

  it('is told nothing else, and changes nothing', async () => {
    const { url, poolId: UserPoolId, faults } = system();
    const page = await openPage();
    const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };

    const answers = await Promise.all([
      ask(page, url, call('ListUsers', { UserPoolId })),
      ask(page, url, { path: '/_local/inbox.json' }),
      ask(page, url, {
        path: '/_local/faults.json',
        init: { method: 'PUT', body: '{"sesDown":true}', headers: {} },
      }),
      ask(page, url, { path: '/v2/email/outbound-emails', init: text }),
    ]);

    expect(new Set(answers)).toEqual(new Set(['nothing']));
    expect(faults.current().sesDown).toBe(false);
  });
});
