import { expect } from 'vitest';

/** The JSON object on the last line of an output. */
export function jsonOf(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new Error(`not a JSON object: ${text}`);
}

/** A list of objects under a key. */
export function listIn(
  object: Readonly<Record<string, unknown>>,
  key: string,
): readonly Readonly<Record<string, unknown>>[] {
  const list = object[key];
  if (Array.isArray(list) && list.every(isObject)) return list;
  throw new Error(`${key} is not a list of objects`);
}

/** A number under a key. */
export function numberIn(object: Readonly<Record<string, unknown>>, key: string): number {
  const value = object[key];
  expect(value, key).toBeTypeOf('number');
  return Number(value);
}

export function objectIn(object: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = object[key];
  if (isObject(value)) return value;
  throw new Error(`${key} is not an object`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
