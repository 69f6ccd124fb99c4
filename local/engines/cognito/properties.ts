/** Reads members of CloudFormation properties; a missing one reads as empty. */
import { isObject, type JsonObject } from '../../ground/service.ts';

export const record = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** CloudFormation takes a Boolean as a string too. */
export const isTrue = (value: unknown): boolean => String(value) === 'true';

export const isFalse = (value: unknown): boolean => String(value) === 'false';
