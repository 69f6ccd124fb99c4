/**
 * Adds the method `return`, with which dynalite 4.0.0 ends the iterator of a query; the iterators of abstract-level 3 lack it.
 * Without it each query would keep its iterator, with LevelDB's files and memory for it, until the process ends.
 */
import { AbstractKeyIterator, AbstractValueIterator } from 'abstract-level';

interface Closable {
  close(): Promise<void>;
}

const closing = {
  return(this: Closable): Promise<void> {
    return this.close();
  },
};

for (const { prototype } of [AbstractKeyIterator, AbstractValueIterator]) Object.assign(prototype, closing);
