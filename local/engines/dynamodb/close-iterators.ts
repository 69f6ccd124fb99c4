/**
 * dynalite 4.0.0 ends the iterator behind a query by its method `return`, which the iterators of abstract-level 3 do not have.
 * Each query would then keep its iterator, and the files and memory that LevelDB holds for it, as long as the process lives.
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
