/** The keyed hash that stands for an address where the address itself is not stored. */
import { createHmac, type KeyObject } from 'node:crypto';
import { canonicalAddress } from './address.ts';

const DOMAIN = 'address/1';

/** How many bytes of an address's hash are kept: enough that two addresses never have the same hash by chance. */
const ADDRESS_HASH_BYTES = 16;

/**
 * HMAC-SHA-256(address key, "address/1" ‖ canonical address), 16 bytes in base64url. The same address gives the same hash;
 * without the key, nobody can test addresses. The key is worth no code.
 */
export const hashAddress = (addressKey: KeyObject, address: string): string =>
  createHmac('sha256', addressKey)
    .update(`${DOMAIN}${canonicalAddress(address) ?? address}`)
    .digest()
    .subarray(0, ADDRESS_HASH_BYTES)
    .toString('base64url');
