/** Messages as they come in: from the other side, from others that share the port, from another version of this package. */
import type { AccumulatorSpec, VisibilityChunk } from '@wtilde/core-types';
import type { Reply, Request, Sums } from './protocol.js';

/** What a message is to its reader. A message that is `malformed` has the type of ours, but not what belongs to it. */
export type Read<M> = { readonly kind: 'ours'; readonly message: M } | { readonly kind: 'malformed' | 'foreign' };

export function readRequest(message: unknown): Read<Request> {
  if (!isTagged(message)) return { kind: 'foreign' };
  if (isRequest(message)) return { kind: 'ours', message };
  return { kind: has(requests, message.type) ? 'malformed' : 'foreign' };
}

export function readReply(message: unknown): Read<Reply> {
  if (!isTagged(message)) return { kind: 'foreign' };
  if (isReply(message)) return { kind: 'ours', message };
  return { kind: has(replies, message.type) ? 'malformed' : 'foreign' };
}

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && !Array.isArray(value) && Object.values(value).every(check);
const record =
  (fields: Fields): Check =>
  (value) =>
    isObject(value) && fits(value, fields);

const error = record({
  name: text,
  message: text,
  stack: optional(text),
  facts: optional(
    record({ code: text, what: text, where: text, expected: optional(text), actual: optional(text), remedy: text }),
  ),
});
const array = record({ dtype: text, shape: listOf(number), data: (value) => ArrayBuffer.isView(value) });
const leaf: Check = (value) => number(value) || array(value);
const anything = recordOf(() => true);
const cost = record({ flops: optional(number), bytes: number, time: optional(number) });
const appraisal = record({ cost, canRun: (value) => value === true || text(value) });
const spec: { readonly [F in keyof AccumulatorSpec]-?: Check } = {
  gridSize: number,
  pixelScale: number,
  gridRadiansSlim: array,
  nativeIndexForSlimIndex: array,
  tolerance: optional(number),
  expectedVisibilities: optional(number),
};
const sums: { readonly [F in keyof Sums]-?: Check } = {
  wCompact: array,
  dirtyImage: array,
  chiSquared0: number,
  noiseNormalization: number,
  visibilityCount: number,
  flaggedCount: number,
};
const chunk: { readonly [F in keyof VisibilityChunk]-?: Check } = {
  data: array,
  noiseMap: array,
  uvWavelengths: array,
};

const requests: { readonly [T in Request['type']]: Fields } = {
  hello: {},
  call: { id: text, kernel: text, args: anything, options: anything, progress: flag },
  bind: { bound: text, kernel: text, fixed: anything },
  callBound: { id: text, bound: text, rest: anything, options: anything, progress: flag },
  callBoundMany: { id: text, bound: text, rests: listOf(anything), options: anything, progress: flag },
  release: { bound: text },
  appraise: { id: text, kernel: text, sizes: recordOf(number), options: anything },
  accumulate: { accumulator: text, spec: record(spec) },
  add: { id: text, accumulator: text, chunk: record(chunk) },
  merge: { id: text, accumulator: text, other: text },
  finish: { id: text, accumulator: text },
  forget: { accumulator: text },
  abort: { id: text },
  dispose: {},
};

const result: Check = (value) => leaf(value) || recordOf(leaf)(value);

const replies: { readonly [T in Reply['type']]: Fields } = {
  starting: {},
  ready: {
    id: text,
    precision: (value) => value === 'float32' || value === 'float64',
    info: record({ summary: text, deviceMemory: flag }),
    kernels: recordOf(record({ methods: listOf(text), limited: flag })),
    accumulates: flag,
  },
  unavailable: { error },
  result: { id: text, result },
  results: { id: text, results: listOf(result) },
  appraisals: { id: text, appraisals: recordOf(appraisal) },
  added: { id: text },
  sums: { id: text, sums: record(sums) },
  failure: { id: text, error },
  progress: { id: text, done: number, total: number },
};

function isRequest(message: Tagged): message is Tagged & Request {
  return has(requests, message.type) && fits(message, requests[message.type]);
}

function isReply(message: Tagged): message is Tagged & Reply {
  return has(replies, message.type) && fits(message, replies[message.type]);
}

interface Tagged {
  readonly wtilde: 1;
  readonly type: unknown;
}

function isTagged(message: unknown): message is Tagged {
  return isObject(message) && Reflect.get(message, 'wtilde') === 1 && 'type' in message;
}

function fits(value: object, fields: Fields): boolean {
  return Object.entries(fields).every(([name, check]) => check(Reflect.get(value, name)));
}

function has<T extends object>(known: T, name: unknown): name is keyof T & string {
  return typeof name === 'string' && Object.hasOwn(known, name);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
