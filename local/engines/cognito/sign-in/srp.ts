/**
 * The server's side of Secure Remote Password as Amazon Cognito does it: SRP-6a over the 3072-bit group of RFC 3526,
 * generator 2, SHA-256, and a proof made with a key derived by HKDF instead of SRP's own M1.
 * Integers are hashed as two's complement bytes (a leading zero byte if the top bit is set), not padded to the group's length.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  getDiffieHellman,
  hkdfSync,
  publicEncrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** The values that a pool keeps instead of a password; both are hexadecimal integers. */
export interface Credential {
  readonly salt: string;
  readonly verifier: string;
}

/** What the server remembers of one exchange; integers are hexadecimal. */
export interface Exchange {
  readonly clientPublic: string;
  readonly serverPrivate: string;
  readonly serverPublic: string;
  readonly secretBlock: string;
}

/** The client's PASSWORD_CLAIM_… and TIMESTAMP. */
export interface Claim {
  readonly signature: string;
  readonly secretBlock: string;
  readonly timestamp: string;
}

const toInteger = (bytes: ArrayBuffer | Uint8Array) =>
  BigInt(`0x${Buffer.from(bytes as Uint8Array).toString('hex')}`);

const toBytes = (integer: bigint): Buffer => {
  const hex = integer.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
};

const fromHex = (hex: string) => BigInt(`0x${hex}`);

const digest = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const equal = (left: Buffer, right: Buffer) => left.length === right.length && timingSafeEqual(left, right);

const primeBytes = getDiffieHellman('modp15').getPrime();
const PRIME_BYTES = primeBytes.length;
const prime = toInteger(primeBytes);
const generator = 2n;
const multiplier = toInteger(digest(toBytes(prime), toBytes(generator)));

/**
 * Returns base^exponent modulo the prime by OpenSSL's raw RSA operation, in a tenth of the time that BigInt needs.
 * A Diffie-Hellman object would take seconds, because it first checks that the number is a prime.
 */
const power = (base: bigint, exponent: bigint): bigint => {
  const jwk = {
    kty: 'RSA',
    n: primeBytes.toString('base64url'),
    e: toBytes(exponent).toString('base64url'),
  };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const input = Buffer.from(base.toString(16).padStart(2 * PRIME_BYTES, '0'), 'hex');
  return toInteger(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, input));
};

const verifierOf = (poolName: string, userId: string, password: string, salt: bigint): bigint =>
  power(generator, toInteger(digest(toBytes(salt), digest(`${poolName}${userId}:${password}`))));

/** `userId` is the pool's USER_ID_FOR_SRP. */
export const createCredential = (poolName: string, userId: string, password: string): Credential => {
  const salt = toInteger(randomBytes(16));
  return { salt: salt.toString(16), verifier: verifierOf(poolName, userId, password, salt).toString(16) };
};

/** Returns whether a password that the client sends as it is, without SRP, is the user's. */
export const isPassword = (
  poolName: string,
  userId: string,
  { salt, verifier }: Credential,
  password: string,
): boolean =>
  equal(toBytes(verifierOf(poolName, userId, password, fromHex(salt))), toBytes(fromHex(verifier)));

/** Returns the credential of a user who does not exist. It is always the same for a name, and no password fits it. */
export const simulateCredential = (poolSecret: Buffer, userId: string): Credential => {
  const derive = (use: string, length: number) =>
    toInteger(hkdfSync('sha256', poolSecret, userId, `srp ${use}`, length));
  return {
    salt: derive('salt', 16).toString(16),
    verifier: (derive('verifier', PRIME_BYTES) % prime).toString(16),
  };
};

/** Returns whether A is hexadecimal and not a multiple of the prime. With a multiple any password would be accepted. */
export const isUsablePublicValue = (clientPublic: string): boolean =>
  /^[0-9a-f]+$/i.test(clientPublic) &&
  clientPublic.length <= 2 * PRIME_BYTES + 2 &&
  fromHex(clientPublic) % prime !== 0n;

export const beginExchange = ({ verifier }: Credential, clientPublic: string): Exchange => {
  const serverPrivate = toInteger(randomBytes(32));
  const serverPublic = (multiplier * fromHex(verifier) + power(generator, serverPrivate)) % prime;
  return {
    clientPublic,
    serverPrivate: serverPrivate.toString(16),
    serverPublic: serverPublic.toString(16),
    secretBlock: randomBytes(128).toString('base64'),
  };
};

const sessionKey = ({ verifier }: Credential, exchange: Exchange): Uint8Array => {
  const clientPublic = fromHex(exchange.clientPublic);
  const scramble = toInteger(digest(toBytes(clientPublic), toBytes(fromHex(exchange.serverPublic))));
  const base = (clientPublic * power(fromHex(verifier), scramble)) % prime;
  const shared = power(base, fromHex(exchange.serverPrivate));
  return new Uint8Array(hkdfSync('sha256', toBytes(shared), toBytes(scramble), 'Caldera Derived Key', 16));
};

/** Returns whether the claim proves that the client knows the password. Ignores how old the timestamp is. */
export const provesPassword = (
  poolName: string,
  userId: string,
  credential: Credential,
  exchange: Exchange,
  claim: Claim,
): boolean => {
  const block = Buffer.from(exchange.secretBlock, 'base64');
  const proof = createHmac('sha256', sessionKey(credential, exchange))
    .update(`${poolName}${userId}`)
    .update(block)
    .update(claim.timestamp)
    .digest();
  return (
    equal(block, Buffer.from(claim.secretBlock, 'base64')) &&
    equal(proof, Buffer.from(claim.signature, 'base64'))
  );
};
