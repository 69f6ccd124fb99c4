/** Takes what the function of a custom resource answers at the URL that its event names. */
import { randomUUID } from 'node:crypto';
import type { Route } from '../../ground/endpoint.ts';
import { isObject } from '../../ground/service.ts';

export interface FunctionAnswer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly reason: string;
  readonly physicalId: string;
}

export interface Answers {
  readonly route: Route;
  /** A URL for one answer. `take` returns it, and no other is taken there then; undefined if there was none. */
  expect(): { readonly url: string; take(): FunctionAnswer | undefined };
}

const PATH = '/_local/cloudformation/';

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

const readAnswer = (body: Buffer): FunctionAnswer | undefined => {
  const given = parse(body);
  if (!isObject(given)) return undefined;
  const { Status, Reason = '', PhysicalResourceId } = given;
  if ((Status !== 'SUCCESS' && Status !== 'FAILED') || typeof PhysicalResourceId !== 'string')
    return undefined;
  return { status: Status, reason: String(Reason), physicalId: PhysicalResourceId };
};

/** `url` is that of the endpoint, on loopback. */
export const createAnswers = (url: string): Answers => {
  const expected = new Map<string, FunctionAnswer | undefined>();
  return {
    route: ({ method, path, body }) => {
      if (method !== 'PUT' || !path.startsWith(PATH)) return undefined;
      const id = path.slice(PATH.length);
      const answer = readAnswer(body);
      if (!expected.has(id)) return { status: 404, body: 'No answer is expected here' };
      if (answer === undefined) return { status: 400, body: 'It has no Status, or no PhysicalResourceId' };
      expected.set(id, answer);
      return { status: 200, body: '' };
    },
    expect: () => {
      const id = randomUUID();
      expected.set(id, undefined);
      return {
        url: `${url}${PATH}${id}`,
        take: () => {
          const answer = expected.get(id);
          expected.delete(id);
          return answer;
        },
      };
    },
  };
};
