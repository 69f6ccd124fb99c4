/** Lists what of an app is not run, in all of its stacks: whoever misses something finds it there. */
import type { RawStack } from '../../ground/template/raw-stack.ts';
import type { Resolver } from '../../ground/template/resolver.ts';
import { constructPath } from '../../ground/template/shown-name.ts';
import { keyOf, type Node, type ReferencesIn } from '../references.ts';

/** A resource that is not run. */
export interface LeftAlone {
  readonly type: string;
  readonly name: string;
  /** The id of its stack. */
  readonly stack: string;
  /** Whether it is code, or has to do with a user pool: that is what somebody may expect to run. */
  readonly isNotable: boolean;
}

export interface AppParts {
  readonly stacks: readonly RawStack[];
  readonly resolver: Resolver;
  readonly referencesIn: ReferencesIn;
  /** The keys of what is run. */
  readonly run: ReadonlySet<string>;
}

/** What others need in order to be deployed, and what no local engine asks for. It is not worth a word. */
const SILENT =
  /^AWS::(?:IAM|Logs|CDK)::|::(?:Permission|Version|Alias|QueuePolicy|ResourcePolicy|BucketPolicy)$/;

const CODE_OR_POOL = /^AWS::(?:Cognito::|Lambda::Function$)/;

/** A nested stack whose resources are in the list itself. */
const isOpened = ({ stack, logicalId }: Node, stacks: readonly RawStack[]): boolean =>
  stacks.some(({ parent }) => parent?.id === stack.id && parent.logicalId === logicalId);

/** What `read` says, or `otherwise` of a template that cannot be read here. */
const readOr = (otherwise: boolean, read: () => boolean): boolean => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

const namesPool = ({ stack, resource }: Node, referencesIn: ReferencesIn): boolean =>
  readOr(false, () =>
    referencesIn(stack, resource.Properties).some((other) =>
      other.resource.Type.startsWith('AWS::Cognito::'),
    ),
  );

const nameOf = ({ logicalId, resource: { Metadata = {} } }: Node): string =>
  constructPath(Metadata) ?? logicalId.replace(/[0-9A-F]{8}$/, '');

/** Those that somebody may miss come first; the others are in the order of the stacks and their templates. */
export const leftAloneIn = ({ stacks, resolver, referencesIn, run }: AppParts): readonly LeftAlone[] => {
  /** A condition that cannot be read here says nothing against it. */
  const isDeployed = ({ stack, resource: { Condition } }: Node): boolean =>
    readOr(true, () => resolver.holds(stack, Condition));
  const all = stacks
    .flatMap((stack) =>
      Object.entries(stack.template.Resources).map(
        ([logicalId, resource]): Node => ({ stack, logicalId, resource }),
      ),
    )
    .filter((node) => !run.has(keyOf(node)) && !SILENT.test(node.resource.Type))
    .filter((node) => !isOpened(node, stacks) && isDeployed(node))
    .map((node) => ({
      type: node.resource.Type,
      name: nameOf(node),
      stack: node.stack.id,
      isNotable: CODE_OR_POOL.test(node.resource.Type) || namesPool(node, referencesIn),
    }));
  return [...all.filter(({ isNotable }) => isNotable), ...all.filter(({ isNotable }) => !isNotable)];
};
