/** The key of the hashes of addresses, as the functions of a system have it. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { functionsOf } from '../../../../local/engines/lambda/local-function.ts';
import { loadTemplate } from '../../../../local/ground/template.ts';
import { clientSettings, STACK_NAME } from '../../../../local/system.ts';
import { hashAddress } from '../../../../shared/domain/address-hash.ts';
import { createAddressKeySource } from '../../../../shared/lambda/key-source.ts';
import type { HashOf } from '../judge/stray-mails.ts';
import { serviceOf } from './service-of.ts';

/** Reads the key of the system at this URL. */
export const readHashOf = async (templateFolder: string, url: string): Promise<HashOf> => {
  const functions = functionsOf(loadTemplate(templateFolder, STACK_NAME, url));
  const sender = functions.find(({ name }) => serviceOf(name) === 'deliver-code');
  const secretArn = sender?.environment.ADDRESS_KEY_SECRET_ARN ?? '';
  const client = new SecretsManagerClient(clientSettings(url));
  const key = await createAddressKeySource(client, secretArn, Date.now)();
  client.destroy();
  return (address) => hashAddress(key, address);
};
