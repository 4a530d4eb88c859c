import {
  type Backend,
  describeValue,
  isBackend,
  isKernelName,
  type KernelDescriptor,
  kernelNames,
  kernels,
  type Precision,
  remedyByName,
  WtildeError,
} from '@wtilde/core-types';
import { type ArrayConversion, parseArrayConversion } from './arrayConversion.js';
import {
  arrayConversionFromEnvironment,
  defaultFromEnvironment,
  environmentVariables,
  fallbackFromEnvironment,
  knownId,
} from './environment.js';
import type { DispatchEvent } from './events.js';
import { groupOf, isGroup, kernelGroups } from './groups.js';
import { invalidOption, unknownName } from './mistakes.js';
import type { DispatcherOptions, PerKernel } from './options.js';

/** What was said about the precision of a kernel: of the kernel by name, or of all. */
interface StatedPrecision {
  readonly precision: Precision;
  readonly named: boolean;
}

/** The options of a dispatcher, checked, with environment and defaults filled in. */
export interface Settings<B extends Backend = Backend> {
  readonly backends: readonly B[];
  /** The default backend of a kernel and, in words, who says so. */
  defaultOf(kernel: string): { readonly id: string; readonly why: string };
  readonly fallback: readonly string[];
  readonly compose: boolean;
  readonly arrayConversion: ArrayConversion;
  precisionOf(kernel: string): StatedPrecision | undefined;
  readonly onEvent: ((event: DispatchEvent) => void) | undefined;
}

const known = ['backends', 'default', 'fallback', 'compose', 'arrayConversion', 'precision', 'onEvent', 'env'];

/**
 * Options over environment over defaults. Throws InvalidOption or UnknownBackend for what means nothing, and
 * PrecisionTooLow where the precision asked for is met by no backend that may be used.
 */
export function settingsFrom<B extends Backend>(options: DispatcherOptions<B>): Settings<B> {
  if (typeof options !== 'object' || options === null) {
    throw invalidOption('createDispatcher', 'the options are no object', '{ backends, ... }', describeValue(options));
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw unknownName('createDispatcher', 'there is no such option', known, name);
  }
  const { backends, env = {}, onEvent, compose = true } = options;
  checkBackends(backends);
  if (typeof compose !== 'boolean') {
    throw invalidOption('option compose', 'not a truth value', 'true or false', describeValue(compose));
  }
  if (onEvent !== undefined && typeof onEvent !== 'function') {
    throw invalidOption('option onEvent', 'not a function', 'a function of an event', describeValue(onEvent));
  }
  if (typeof env !== 'object' || env === null) {
    throw invalidOption('option env', 'not variables by name', 'an object such as process.env', describeValue(env));
  }
  const settings: Settings<B> = {
    backends,
    defaultOf: defaults(options),
    fallback:
      options.fallback === undefined
        ? (fallbackFromEnvironment(env, backends) ?? [])
        : listOf(options.fallback).map((id) => knownId(id, 'option fallback', backends)),
    compose,
    arrayConversion:
      options.arrayConversion === undefined
        ? (arrayConversionFromEnvironment(env) ?? 'always-host')
        : parseArrayConversion(options.arrayConversion, 'option arrayConversion'),
    precisionOf: precisions(options.precision),
    onEvent,
  };
  checkPrecision(settings, options);
  return settings;
}

function checkBackends(backends: readonly Backend[]): void {
  if (!Array.isArray(backends) || backends.length === 0) {
    throw invalidOption('option backends', 'there is nothing to choose from', 'a list of ready backends', 'none');
  }
  const ids = new Set<string>();
  for (const backend of backends) {
    if (!isBackend(backend)) {
      throw invalidOption(
        'option backends',
        'not a ready backend of this contract',
        'backends of contract 1',
        describeValue(backend),
      );
    }
    if (ids.has(backend.id))
      throw invalidOption('option backends', 'two backends share a name', 'names of their own', backend.id);
    ids.add(backend.id);
  }
}

function listOf(ids: readonly string[]): readonly string[] {
  if (Array.isArray(ids)) return ids;
  throw invalidOption('option fallback', 'not a list', 'a list of backend ids', describeValue(ids));
}

function defaults({ backends, default: chosen, env = {} }: DispatcherOptions): Settings['defaultOf'] {
  const table = typeof chosen === 'object' && chosen !== null ? chosen : { otherwise: chosen };
  checkKeys(table, 'option default', (id) => {
    knownId(id, 'option default', backends);
  });
  const others = () => {
    if (table.otherwise !== undefined) return { id: table.otherwise, why: 'the default' };
    const id = defaultFromEnvironment(env, backends);
    if (id !== undefined) return { id, why: `the default, set by ${environmentVariables.default}` };
    return { id: backends[0].id, why: 'the default, being the first of the backends' };
  };
  const other = others();
  const named = namedEntries(table);
  return (kernel) => {
    const own = named.get(kernel);
    return own === undefined ? other : { id: own, why: 'the default of this kernel' };
  };
}

function precisions(asked: DispatcherOptions['precision']): Settings['precisionOf'] {
  if (asked === undefined) return () => undefined;
  const table: PerKernel<Precision> =
    typeof asked === 'object' && asked !== null ? { otherwise: 'float64', ...asked } : { otherwise: asked };
  checkKeys(table, 'option precision', (precision, key) => {
    if (precision !== 'float32' && precision !== 'float64') {
      throw unknownName('option precision', 'unknown precision', ['float32', 'float64'], precision);
    }
    const descriptor: KernelDescriptor | undefined = isKernelName(key) ? kernels[key] : undefined;
    if (precision === 'float32' && descriptor?.minimumPrecision === 'float64') {
      throw invalidOption('option precision', `${key} is not offered in float32`, 'float64', 'float32');
    }
  });
  const named = namedEntries(table);
  return (kernel) => {
    const own = named.get(kernel);
    if (own !== undefined) return { precision: own, named: true };
    return table.otherwise === undefined ? undefined : { precision: table.otherwise, named: false };
  };
}

/** What a table says of single kernels: by their names or, failing that, by their groups. */
function namedEntries<T>(table: PerKernel<T>): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  for (const kernel of kernelNames()) {
    const group = groupOf(kernel);
    const entry = table[kernel] ?? (group === undefined ? undefined : table[group]);
    if (entry !== undefined) entries.set(kernel, entry);
  }
  return entries;
}

function checkKeys<T>(table: PerKernel<T>, where: string, check: (value: T, key: string) => void): void {
  for (const [key, value] of Object.entries(table)) {
    if (key !== 'otherwise' && !isKernelName(key) && !isGroup(key)) {
      const groups = kernelGroups.join(', ');
      throw invalidOption(
        where,
        'neither a kernel nor a group of kernels',
        `kernel names, ${groups} or otherwise`,
        key,
        remedyByName(key, [...kernelNames(), ...kernelGroups, 'otherwise'], 'correct it or leave it out'),
      );
    }
    if (value !== undefined) check(value, key);
  }
}

/** A demand on all kernels that no default and no fallback can meet is a mistake at once, not at the first call. */
function checkPrecision(settings: Settings, { precision }: DispatcherOptions): void {
  if (precision !== 'float64') return;
  const usable = [settings.defaultOf('').id, ...settings.fallback];
  const named = usable.map((id) => settings.backends.find((backend) => backend.id === id));
  if (named.some((backend) => backend?.precision === 'float64')) return;
  const able = settings.backends.filter((backend) => backend.precision === 'float64').map(({ id }) => `'${id}'`);
  throw new WtildeError('PrecisionTooLow', {
    what: 'no backend that may be used computes in the precision asked for',
    where: 'option precision',
    expected: 'float64',
    actual: usable.map((id) => `float32 of ${id}`).join(', '),
    remedy:
      able.length > 0
        ? `make ${able.join(' or ')} the default or a fallback, or ask for float32`
        : 'pass a float64 backend as the default or a fallback, or ask for float32',
  });
}
