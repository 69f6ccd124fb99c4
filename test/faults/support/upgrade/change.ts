/** Changes of the release in the middle of a sign-in: which part changes, from what to what, and before which call. */

export type Release = 'old' | 'new';

/** The functions by their folders under `services/`, and the workflow's definition. The sweep belongs to no sign-in. */
export const PARTS = [
  'define-auth-challenge',
  'create-auth-challenge',
  'delivery-workflow',
  'deliver-code',
  'record-feedback',
  'verify-auth-challenge',
  'guard-tokens',
] as const;

export type Part = (typeof PARTS)[number];

/** A call in a sign-in: which part it is of, and how many calls of this part and of any part were before it. */
export interface Call {
  readonly part: Part;
  readonly before: number;
  readonly beforeInAll: number;
}

export interface Change {
  readonly name: string;
  releaseOf(call: Call): Release;
}

const other = (release: Release): Release => (release === 'old' ? 'new' : 'old');
const RELEASES: readonly Release[] = ['old', 'new'];

/** The part changes alone, before its call `at` (from 0). All others stay of the release `others`. */
export const alone = (part: Part, at: number, from: Release, others: Release): Change => ({
  name: `${part} from ${from} to ${other(from)} before its call ${at + 1}, with all others ${others}`,
  releaseOf: (call) => (call.part !== part ? others : call.before < at ? from : other(from)),
});

/** Everything changes, before the call `at` of all (from 0). */
export const together = (at: number, from: Release): Change => ({
  name: `everything from ${from} to ${other(from)} before call ${at + 1}`,
  releaseOf: ({ beforeInAll }) => (beforeInAll < at ? from : other(from)),
});

/** The calls of a sign-in, in this order. */
export const callsIn = (signIn: readonly Part[]): readonly Call[] =>
  signIn.map((part, at) => ({
    part,
    before: signIn.slice(0, at).filter((one) => one === part).length,
    beforeInAll: at,
  }));

export interface Changes {
  /** How many changes there are. */
  readonly all: number;
  /** One for each sign-in that differs from the others. */
  readonly different: readonly Change[];
}

/**
 * The changes in a sign-in that makes these calls: before each call and after the last one, each part alone and everything
 * together, both ways; a part alone with all others old and with all others new. Many of them are the same sign-in: a part that changes
 * between two calls of others does so before its own next call.
 */
export const changesIn = (signIn: readonly Part[]): Changes => {
  const calls = callsIn(signIn);
  const all = [...signIn.keys(), signIn.length].flatMap((at) => [
    ...PARTS.flatMap((part) => {
      const before = signIn.slice(0, at).filter((one) => one === part).length;
      return RELEASES.flatMap((from) => RELEASES.map((others) => alone(part, before, from, others)));
    }),
    ...RELEASES.map((from) => together(at, from)),
  ]);
  const bySignIn = new Map(all.map((change) => [calls.map((call) => change.releaseOf(call)).join(), change]));
  return { all: all.length, different: [...bySignIn.values()] };
};
