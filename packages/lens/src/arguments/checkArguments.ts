import { type DType, lanes, nearestName, sizeOf, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from './jsonObject.js';
import { shown } from './shown.js';

/** The names that a call takes; true where one must be given. */
type Names = Readonly<Record<string, boolean>>;

/**
 * Checks that arguments come as one object, under known names, none missing.
 *
 * @throws MissingArgument, UnknownArgument
 */
export function checkNames(given: unknown, names: Names, where: string): void {
  const known = Object.keys(names);
  const needed = known.filter((name) => names[name]);
  for (const name of isJsonObject(given) ? Object.keys(given) : []) {
    if (Object.hasOwn(names, name)) continue;
    const nearest = nearestName(name, known);
    throw new WtildeError('UnknownArgument', {
      what: 'there is no such argument',
      where,
      expected: known.join(', '),
      actual: shown(name),
      remedy: nearest === undefined ? 'correct the name or drop the argument' : `write ${nearest}, or drop it`,
    });
  }
  checkGiven(given, where, needed);
}

/**
 * Checks that arguments come as one object and none that is needed is missing; others are for someone else.
 *
 * @throws MissingArgument
 */
export function checkGiven(given: unknown, where: string, needed: readonly string[]): void {
  if (!isJsonObject(given)) {
    throw new WtildeError('MissingArgument', {
      what: 'the arguments do not come as one object',
      where,
      expected: needed.length === 0 ? 'an object' : `an object of ${needed.join(', ')}`,
      actual: shown(given),
      remedy: 'pass { name: value, ... }',
    });
  }
  const missing = needed.find((name) => given[name] === undefined || given[name] === null);
  if (missing === undefined) return;
  throw new WtildeError('MissingArgument', {
    what: 'a required argument is missing',
    where: `${where} ${missing}`,
    expected: needed.join(', '),
    actual: shown(given[missing]),
    remedy: `pass ${missing}`,
  });
}

const storage = { real: 'Float64Array', complex: 'Float64Array', index: 'Int32Array', bool: 'Uint8Array' } as const;

/**
 * Checks that a value is an array of the dtypes and the shape: numbers are extents, letters any extent.
 *
 * @throws DTypeMismatch, ShapeMismatch
 */
export function checkArray(
  value: unknown,
  dtypes: readonly DType[],
  dims: readonly (number | string)[],
  where: string,
): void {
  const expected = `${dtypes.join(' or ')} [${dims.join(', ')}]`;
  const fail = (code: 'DTypeMismatch' | 'ShapeMismatch', what: string, actual: string) =>
    new WtildeError(code, { what, where, expected, actual, remedy: `pass it as ${dtypes[0]}(data, shape)` });
  if (!isJsonObject(value) || !Array.isArray(value.shape)) {
    throw fail('DTypeMismatch', 'not an array of wtilde', shown(value));
  }
  const dtype = dtypes.find((each) => each === value.dtype);
  const shape: readonly unknown[] = value.shape;
  if (dtype === undefined) throw fail('DTypeMismatch', 'wrong dtype', shown(value.dtype));
  const isExtent = (extent: unknown): extent is number => Number.isInteger(extent) && Number(extent) >= 0;
  const fits =
    shape.length === dims.length && dims.every((dim, axis) => typeof dim === 'string' || dim === shape[axis]);
  if (!fits || !shape.every(isExtent)) throw fail('ShapeMismatch', 'wrong shape', shown(shape));
  const tag = Object.prototype.toString.call(value.data).slice(8, -1);
  if (tag !== storage[dtype] || !ArrayBuffer.isView(value.data) || !('length' in value.data)) {
    throw fail('DTypeMismatch', `the data of ${dtype} are a ${storage[dtype]}`, shown(value.data));
  }
  const length = sizeOf(shape) * lanes(dtype);
  if (value.data.length !== length) {
    throw fail('ShapeMismatch', 'the data do not fill the shape', `${value.data.length} numbers for ${shown(shape)}`);
  }
}
