import { expect, test } from 'vitest';
import { bundlePages, SIGN_IN_PAGE } from '../../../../web/build/bundle.ts';

test('the sign-in page for a deployed pool has its policy, its assets and no way to the local pages', async () => {
  const { assets, pages } = await bundlePages(
    [{ ...SIGN_IN_PAGE, isAlone: true }],
    undefined,
    "default-src 'self'",
  );
  const html = pages.get('') ?? '';

  expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`);
  expect(html).not.toContain('<nav');
  expect(
    [...assets.keys()].filter((path) => /inbox|users|executions|audit|dashboard|widget|faults/.test(path)),
  ).toEqual([]);
  const named = Array.from(html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g), ([, path]) => path);
  expect(named.length).toBe(3);
  for (const path of named) expect([...assets.keys()]).toContain(path);
});
