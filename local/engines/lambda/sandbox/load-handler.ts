/** Finds and imports a bundle's handler. Its errors have the names of Lambda's Node.js runtime. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown) => unknown;

type CallbackHandler = (event: unknown, context: unknown, callback: Callback) => unknown;
type Callback = (error: unknown, result?: unknown) => void;

/** From this version of Node.js on, handlers take no callback, and may return their result without a promise. */
const WITHOUT_CALLBACK = 24;

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { readonly then?: unknown } | undefined)?.then === 'function';

/** Calls a handler as the older runtimes do: what it returns counts only if it is a promise (aws-lambda-nodejs-runtime-interface-client). */
const withCallback =
  (handler: CallbackHandler): Handler =>
  (event, context) =>
    new Promise((resolve, reject) => {
      const returned = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
      if (isPromise(returned)) returned.then(resolve, reject);
      else if (handler.length < 3) resolve(null);
    });

/** In the order in which Lambda looks. For a `.js` the nearest package.json decides on the module type, as on Lambda. */
const EXTENSIONS = ['.js', '.mjs', '.cjs'];

const runtimeError = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const importModule = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error));
    // Only for CommonJS: on Lambda too, the error for a missing ES module keeps its own name.
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')
      throw runtimeError('Runtime.ImportModuleError', String(error));
    throw error;
  }
};

/** `name` has the file and the export, for instance `index.handler`. `version` is that of the function's Node.js: 24. */
export const loadHandler = async (folder: string, name: string, version: number): Promise<Handler> => {
  const [, file, exported] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
  if (file === undefined || exported === undefined)
    throw runtimeError('Runtime.MalformedHandlerName', `Bad handler: ${name}`);

  const path = EXTENSIONS.map((extension) => join(folder, file + extension)).find(existsSync);
  if (path === undefined)
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  const handler = (await importModule(path))[exported];
  if (typeof handler !== 'function')
    throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (version < WITHOUT_CALLBACK) return withCallback(handler as CallbackHandler);
  if (handler.length > 2)
    throw runtimeError('Runtime.CallbackHandlerDeprecated', 'From Node.js 24 on, handlers take no callback');
  return handler as Handler;
};
