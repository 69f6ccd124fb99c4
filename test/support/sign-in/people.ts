/** Users with addresses that look well in a screenshot. */
import { createUser, type TestSystem, type TestUser } from '../system/local-system.ts';

const NAMES: readonly string[] = ['ada', 'ben', 'clara', 'dmitri', 'emre', 'fatima', 'grace', 'hiro', 'ines'];

let created = 0;

/** `ada@example.com`, `ben@example.com` and so on; `ada2@example.com` when the names are used up. */
const nextAddress = (): string => {
  const turn = Math.floor(created / NAMES.length);
  const name = NAMES[created % NAMES.length];
  created += 1;
  return `${name}${turn === 0 ? '' : turn + 1}@example.com`;
};

/** Creates a user as `createUser` does, with the next of these addresses. */
export const createPerson = (
  system: TestSystem,
  options: Parameters<typeof createUser>[1] = {},
): Promise<TestUser> => createUser(system, { email: nextAddress(), ...options });
