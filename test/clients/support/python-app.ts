/**
 * An app in Python, in a process of its own: one call, one line; one reply, one line. It sees no settings and no credentials of
 * this machine's user.
 */
import { fileURLToPath } from 'node:url';
import { startPython } from '../../support/process/python-process.ts';
import { ALONE } from './alone.ts';
import { type Pool, type Reply, remoteApp } from './client-app.ts';
import type { RunningApp } from './describe-client.ts';

const SCRIPT = fileURLToPath(new URL('../apps/pycognito_app.py', import.meta.url));

export const startPythonApp = (python: string, { url, poolId, clientId, clientSecret }: Pool): RunningApp => {
  const secret = clientSecret === undefined ? [] : [clientSecret];
  const { ask, close } = startPython(python, [SCRIPT, url, poolId, clientId, ...secret], ALONE);
  return { ...remoteApp(async (...call) => (await ask(call)) as Reply), close };
};
