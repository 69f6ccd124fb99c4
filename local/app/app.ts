/** What the local system runs: the `EmailOtp`s of an app with all that belongs to them, as one template for the engines. */
import type { FoundOutputs } from '../../shared/messages/stack/outputs.ts';
import { otpId } from '../../shared/messages/stack/outputs.ts';
import type { RawOutput, RawStack } from '../ground/template/raw-stack.ts';
import { createResolver, type Resolver } from '../ground/template/resolver.ts';
import { constructPath } from '../ground/template/shown-name.ts';
import { loadTemplate, type Template, templateOf } from '../ground/template.ts';
import { notesOn, refuseUnsupported } from './app-problems.ts';
import { type BelongingParts, belongingTo, namedOnly } from './belonging.ts';
import { type FoundOtp, findOtps } from './find-otps.ts';
import { createReferences, keyOf, type Node } from './references.ts';
import { type LeftAlone, leftAloneIn } from './rest/left-alone.ts';

export interface LocalClient {
  readonly clientId: string;
  readonly name: string;
}

/** An `EmailOtp` that is run. */
export interface LocalOtp {
  /** What `--otp` takes for it. */
  readonly id: string;
  /** The path of the construct in its app; undefined where its template does not say it. */
  readonly path: string | undefined;
  /** What stands before its outputs where several have theirs in one file. */
  readonly prefix: string;
  /** Its own outputs, without a prefix, and the id of a client of its pool. */
  readonly outputs: FoundOutputs;
  readonly clients: readonly LocalClient[];
  /** What belongs to it, for what is shown of it alone. */
  readonly template: Template;
}

export interface LocalApp {
  /** What belongs to any of the `EmailOtp`s. */
  readonly template: Template;
  /** At least one. */
  readonly otps: readonly LocalOtp[];
  readonly leftAlone: readonly LeftAlone[];
  /** What is different from AWS and harmless: a sentence each. */
  readonly notes: readonly string[];
}

/** Reads the app for an endpoint, because its URL is in some names. Throws `CommandError` for an app that cannot be run. */
export type LoadApp = (endpoint: string) => LocalApp;

const clientsOf = (template: Template): readonly LocalClient[] =>
  template.ofType('AWS::Cognito::UserPoolClient').map(({ names, properties, logicalId }) => ({
    clientId: names.ref,
    name: String(properties.ClientName ?? logicalId.replace(/[0-9A-F]{8}$/, '')),
  }));

/** This repository's own stack, which is run as a whole. */
export const ownApp =
  (folder: string, stackName: string): LoadApp =>
  (endpoint) => {
    const template = loadTemplate(folder, stackName, endpoint);
    const { outputs } = template;
    return {
      template,
      otps: [{ id: otpId(''), path: undefined, prefix: '', outputs, clients: clientsOf(template), template }],
      leftAlone: [],
      notes: [],
    };
  };

/** Two `EmailOtp`s of different stacks may have the same prefix. */
const uniquePrefix = ({ stack, prefix }: FoundOtp, all: readonly FoundOtp[]): string => {
  const isAlone = all.filter((other) => other.prefix === prefix).length === 1;
  return isAlone ? prefix : `${stack.name}-${otpId(prefix)}`;
};

type NamedOutput = readonly [string, RawOutput];

/** Without a prefix, outputs of the app are among them, and what these refer to need not be known here. */
const resolvedOutputs = (
  resolver: Resolver,
  stack: RawStack,
  prefix: string,
  outputs: readonly NamedOutput[],
): FoundOutputs =>
  Object.fromEntries(
    outputs.flatMap(([name, { Value }]) => {
      try {
        return [[name.slice(prefix.length), String(resolver.resolve(stack, Value))] as const];
      } catch {
        return [];
      }
    }),
  );

/** The path of the construct in which all of these are. */
const commonPath = (nodes: readonly Node[]): string | undefined => {
  const paths = nodes.map(({ resource: { Metadata = {} } }) => constructPath(Metadata)?.split('/') ?? []);
  const [first = []] = paths;
  const end = first.findIndex((part, index) => paths.some((path) => path[index] !== part));
  return end > 0 ? first.slice(0, end).join('/') : undefined;
};

const openOtp = (parts: BelongingParts, { stack, prefix }: FoundOtp) => {
  const { resolver, referencesIn } = parts;
  const outputs = Object.entries(stack.template.Outputs ?? {}).filter(
    ([name, { Condition }]) => name.startsWith(prefix) && resolver.holds(stack, Condition),
  );
  const named = (...names: readonly string[]) =>
    referencesIn(
      stack,
      outputs.filter(([name]) => names.includes(name.slice(prefix.length))).map(([, { Value }]) => Value),
    );
  const own = named('TableName', 'StateMachineArn', 'KeyringSecretArn');
  const all = named(
    'UserPoolId',
    // No pool of the app names the triggers of one that is elsewhere.
    'LambdaConfig',
    'TableName',
    'DeadLetterQueueUrl',
    'StateMachineArn',
    'KeyringSecretArn',
    'DashboardUrl',
  );
  const keys = belongingTo(parts, all, own);
  return { keys, path: commonPath(own), outputs: resolvedOutputs(resolver, stack, prefix, outputs) };
};

/** In `stacks` all stacks of the app, of which `wanted` chooses those whose `EmailOtp`s are run. */
export const foreignApp =
  (stacks: readonly RawStack[], wanted?: string): LoadApp =>
  (endpoint) => {
    const resolver = createResolver(stacks, endpoint);
    const parts: BelongingParts = { stacks, resolver, referencesIn: createReferences(stacks, resolver) };
    const found = findOtps(stacks, resolver, wanted);
    const run = new Set<string>();
    const otps = found.map((otp): LocalOtp => {
      const { keys, path, outputs } = openOtp(parts, otp);
      for (const key of keys) run.add(key);
      const template = partOf(stacks, resolver, keys, outputs);
      const clients = clientsOf(template);
      const prefix = uniquePrefix(otp, found);
      const [client] = clients;
      const withClient = client === undefined ? {} : { UserPoolClientId: client.clientId };
      return { id: otpId(prefix), path, prefix, outputs: { ...withClient, ...outputs }, clients, template };
    });
    const all = partOf(withRegionOf(found, stacks), resolver, run, otps[0]?.outputs ?? {});
    refuseUnsupported(all);
    return {
      template: withAnySender(otps, all),
      otps,
      leftAlone: leftAloneIn({ ...parts, run }),
      notes: [...notesOn(stacks, all), ...namedOnly(parts, run)],
    };
  };

const IDENTITY = 'AWS::SES::EmailIdentity';

/** SES takes any sender if there is no identity. The sender of an `EmailOtp` without one is verified elsewhere. */
const withAnySender = (otps: readonly LocalOtp[], template: Template): Template => {
  const isVerifiedHere = otps.every((otp) => otp.template.ofType(IDENTITY).length > 0);
  if (isVerifiedHere) return template;
  return { ...template, ofType: (type) => (type === IDENTITY ? [] : template.ofType(type)) };
};

const partOf = (
  stacks: readonly RawStack[],
  resolver: Resolver,
  keys: ReadonlySet<string>,
  outputs: FoundOutputs,
): Template =>
  templateOf({
    stacks,
    resolver,
    isRun: (stack, logicalId) => keys.has(keyOf({ stack, logicalId })),
    outputs,
  });

/** The stacks of the `EmailOtp`s first: they say the region. */
const withRegionOf = (found: readonly FoundOtp[], stacks: readonly RawStack[]): readonly RawStack[] => {
  const first = new Set(found.map(({ stack }) => stack));
  return [...first, ...stacks.filter((stack) => !first.has(stack))];
};
