/** Attaches the pools that the app's stacks do not make: at the start, and once a pool is there that was not. */
import { CommandError } from '../../../shared/command/failure.ts';
import type { Resource } from '../../ground/template.ts';
import type { CustomResources } from './custom-resources.ts';

export interface AttachmentsParts {
  readonly resources: CustomResources;
  /** Whether the local Cognito has the pool with this id. */
  readonly isThere: (poolId: string) => Promise<boolean>;
  /** Takes a sentence for the terminal about each pool that was attached or detached. */
  readonly say: (text: string) => void;
}

export interface Attachments {
  /** Does what a deployment would do. Throws `CommandError` with the reason of the first that fails. */
  carryOut(): Promise<void>;
  /** Attaches what waits for its pool, if that is there now. What fails is said, and tried again at the next start. */
  lookAgain(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

const poolOf = ({ properties }: Pick<Resource, 'properties'>): string => String(properties.UserPoolId);

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const createAttachments = ({ resources, isThere, say }: AttachmentsParts): Attachments => {
  let waiting: readonly Resource[] = [];
  let underWay: Promise<void> = Promise.resolve();

  const attach = async (resource: Resource): Promise<void> => {
    const poolId = poolOf(resource);
    try {
      const { kind } = await resources.deploy(resource);
      if (kind !== 'same') say(`The user pool ${poolId} is attached`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      throw new CommandError(`The user pool ${poolId} is not attached: ${error.message}`, error.exit);
    }
  };
  const takeBack = async (): Promise<void> => {
    for (const resource of resources.left()) {
      const poolId = poolOf(resource);
      const change = await resources.remove(resource);
      const reason = change.kind === 'gone' ? change.reason : undefined;
      say(
        reason === undefined
          ? `The user pool ${poolId} is detached, because the app attaches it no longer`
          : `The user pool ${poolId} could not be detached, which is tried again at the next start: ${reason}`,
      );
    }
  };
  /** One deployment after the other. */
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    const done = underWay.then(run);
    underWay = done.catch(() => {});
    return done;
  };
  return {
    carryOut: () =>
      inTurn(async () => {
        waiting = [];
        for (const resource of resources.wanted) {
          if (await isThere(poolOf(resource))) await attach(resource);
          else {
            // A pool that comes back has nothing of what was written into the one before it.
            resources.forget(resource, poolOf(resource));
            waiting = [...waiting, resource];
          }
        }
        await takeBack();
      }),
    lookAgain: () =>
      void inTurn(async () => {
        for (const resource of waiting) {
          if (!(await isThere(poolOf(resource)))) continue;
          waiting = waiting.filter((other) => other !== resource);
          await attach(resource).catch((error: unknown) => say(wordsOf(error)));
        }
      }).catch((error: unknown) => say(wordsOf(error))),
    settled: () => underWay,
  };
};
