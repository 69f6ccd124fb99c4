import type { JsonObject } from '../../../local/ground/service.ts';
import type { PhysicalNames } from '../../../local/ground/template/physical-names.ts';
import type { Resource } from '../../../local/ground/template.ts';

/** A resource of a template, with all references resolved. */
export const aResource = (type: string, properties: JsonObject, names: PhysicalNames): Resource => ({
  logicalId: names.ref,
  type,
  properties,
  metadata: {},
  names,
  assets: { folder: 'cdk.out', byKey: {}, unpacked: 'unpacked' },
});
