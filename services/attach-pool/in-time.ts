/** A run that took too long goes on when Lambda uses its environment again, perhaps for the rollback. It must write nothing then. */
import type { Dependencies } from './carry-out.ts';

/** What it returns writes only until the signal is aborted, and then throws the reason of it. */
export const writingInTime = (deps: Dependencies, signal: AbortSignal | undefined): Dependencies => {
  const inTime =
    <Args extends readonly unknown[], T>(write: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      signal?.throwIfAborted();
      return await write(...args);
    };
  const { poolApi, undo, taint } = deps;
  return {
    ...deps,
    poolApi: (poolId) => {
      const api = poolApi(poolId);
      return { ...api, updatePool: inTime(api.updatePool), updateClient: inTime(api.updateClient) };
    },
    undo: { ...undo, write: inTime(undo.write), forget: inTime(undo.forget) },
    taint: inTime(taint),
  };
};
