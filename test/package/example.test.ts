import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { run } from '../support/process/process.ts';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

test('the example of the construct can be pasted: it compiles, and it synthesizes', async () => {
  const types = readFileSync(join(inject('packageFolder'), 'email-otp.d.ts'), 'utf8');
  const [, commented = ''] = /^ \* ```ts\n([\s\S]*?)^ \* ```$/m.exec(types) ?? [];
  const folder = join(inject('appFolder'), 'example');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'app.ts'), commented.replaceAll(/^ \* ?/gm, ''));
  const output = join(folder, 'cdk.out');

  const compiled = await run(process.execPath, [
    TSC,
    ...[
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--skipLibCheck',
    ],
    join(folder, 'app.ts'),
  ]);
  const synthesized = await run(process.execPath, [join(folder, 'app.ts')], { CDK_OUTDIR: output });

  expect(compiled).toEqual({ code: 0, output: '' });
  expect(synthesized.code, synthesized.output).toBe(0);
  expect(readFileSync(join(output, 'SignIn.template.json'), 'utf8')).toContain(
    '"VerifyAuthChallengeResponse"',
  );
});
