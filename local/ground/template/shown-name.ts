/** The names by which people know what a template has: they have written them, while the physical ones are made up. */
import type { JsonObject } from '../service.ts';

interface Named {
  readonly logicalId: string;
  readonly metadata: JsonObject;
}

/** The CDK ends the path of what a construct makes of itself with one of these. */
const OWN = /\/(?:Resource|Default)$/;

/** Returns the path of a construct in its app, without the resource that it is made of; undefined without metadata of the CDK. */
export const constructPath = (metadata: JsonObject): string | undefined => {
  const path = metadata['aws:cdk:path'];
  return typeof path === 'string' ? path.replace(OWN, '') : undefined;
};

/** Returns the path of the construct, or else the logical id. */
export const shownName = ({ logicalId, metadata }: Named): string => constructPath(metadata) ?? logicalId;
