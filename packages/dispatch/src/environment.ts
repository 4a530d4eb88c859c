import type { Backend } from '@wtilde/core-types';
import { type ArrayConversion, parseArrayConversion } from './arrayConversion.js';
import { unknownBackend } from './mistakes.js';

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that a dispatcher looks at. An empty one counts as not set. */
export const environmentVariables = {
  /** The id of the default backend. */
  default: 'WTILDE_DEFAULT_BACKEND',
  /** Ids of fallback backends separated by commas, or `none`. */
  fallback: 'WTILDE_FALLBACK',
  /** `always-host`, `always-device` or `never`. */
  arrayConversion: 'WTILDE_ARRAY_CONVERSION',
} as const;

export function defaultFromEnvironment(env: Environment, backends: readonly Backend[]): string | undefined {
  return read(env, environmentVariables.default, (value, where) => knownId(value, where, backends));
}

export function fallbackFromEnvironment(env: Environment, backends: readonly Backend[]): readonly string[] | undefined {
  return read(env, environmentVariables.fallback, (value, where) => {
    if (value === 'none') return [];
    return value.split(',').map((id) => knownId(id.trim(), where, backends));
  });
}

export function arrayConversionFromEnvironment(env: Environment): ArrayConversion | undefined {
  return read(env, environmentVariables.arrayConversion, parseArrayConversion);
}

/** The id, if a backend has it; throws UnknownBackend with the known ones otherwise. */
export function knownId(id: string, where: string, backends: readonly Backend[]): string {
  if (backends.some((backend) => backend.id === id)) return id;
  throw unknownBackend(id, where, backends);
}

function read<T>(env: Environment, name: string, parse: (value: string, where: string) => T): T | undefined {
  const value = env[name];
  return value === undefined || value === '' ? undefined : parse(value, `environment variable ${name}`);
}
