/**
 * What undoes the attaching, in a parameter of the stack: by pool id, as a stack may be given another pool. It is no resource of the
 * stack, because CloudFormation would set it back to its first value whenever it changes a tag.
 */
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  type SSMClient,
} from '@aws-sdk/client-ssm';
import { ReportedError } from '../../shared/lambda/reported-error.ts';
import type { PoolChange } from '../../shared/pool/changes.ts';
import { jsonObject, jsonTexts } from '../../shared/pool/json.ts';
import { readKept } from '../../shared/pool/kept.ts';

export interface Kept {
  readonly changes: readonly PoolChange[];
  /** Digests of the orders that were carried out, the newest first. */
  readonly done: readonly string[];
  /** Attaching the pool for the first time has begun, and nothing was written to it yet. */
  readonly unattached?: true;
}

export interface UndoParameter {
  /** Nothing is kept of a pool that was never attached. */
  read(poolId: string): Promise<Kept>;
  write(poolId: string, kept: Kept): Promise<void>;
  /** Deletes the parameter, if nothing is kept of another pool. */
  forget(poolId: string): Promise<void>;
}

type ByPool = Readonly<Record<string, Kept>>;

const NOTHING: Kept = { changes: [], done: [] };

/** By this a deletion knows that the functions in the pool, with nothing kept of what was there before, are none of its business. */
export const UNATTACHED: Kept = { ...NOTHING, unattached: true };

/** To go on with what cannot be read would be to forget what was in the pool before. */
const parse = (text: string, name: string): ByPool => {
  try {
    if (!text.trimStart().startsWith('{')) throw new Error('no object');
    return Object.fromEntries(
      Object.entries(jsonObject(JSON.parse(text))).map(([poolId, kept]) => {
        const { changes, done, unattached } = jsonObject(kept);
        const read = readKept(changes);
        if (read === undefined) throw new Error(poolId);
        return [poolId, unattached === true ? UNATTACHED : { changes: read, done: jsonTexts(done) }];
      }),
    );
  } catch (cause) {
    const message =
      `What undoes the attaching cannot be read from the SSM parameter ${name}. Write an earlier version of it again (its history has ` +
      'them), or delete it; then our triggers are taken off, but what was there before does not come back.';
    throw new ReportedError('UndoUnreadable', message, { cause });
  }
};

/** The parameter of this name. Throws the errors of the SDK, and `UndoUnreadable`. */
export const createUndoParameter = (client: SSMClient, Name: string): UndoParameter => {
  const readAll = async (): Promise<ByPool> => {
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return parse(Parameter?.Value ?? '{}', Name);
    } catch (error) {
      if (error instanceof Error && error.name === 'ParameterNotFound') return {};
      throw error;
    }
  };
  const writeAll = async (all: ByPool): Promise<void> => {
    // More than 4 KB make it an advanced parameter; nothing else does.
    const Tier = 'Intelligent-Tiering';
    await client.send(
      new PutParameterCommand({ Name, Value: JSON.stringify(all), Type: 'String', Overwrite: true, Tier }),
    );
  };
  return {
    read: async (poolId) => (await readAll())[poolId] ?? NOTHING,
    write: async (poolId, kept) => writeAll({ ...(await readAll()), [poolId]: kept }),
    forget: async (poolId) => {
      const { [poolId]: forgotten, ...others } = await readAll();
      if (forgotten === undefined) return;
      if (Object.keys(others).length > 0) await writeAll(others);
      else await client.send(new DeleteParameterCommand({ Name }));
    },
  };
};
