import {
  type ArgumentValue,
  type Backend,
  copiedArguments,
  isHandle,
  type LooseArgs,
  type LooseResult,
  type NdArray,
} from '@wtilde/core-types';
import type { ArrayConversion } from './arrayConversion.js';
import { foreignHandle } from './mistakes.js';
import { type Work, wait } from './work.js';

/** Arguments that a backend can take: handles of others fetched to the host, or refused under 'never'. */
export function* argumentsFor(
  backend: Backend,
  kernel: string,
  args: LooseArgs,
  conversion: ArrayConversion,
): Work<LooseArgs> {
  if (!hasForeign(args, backend.id)) return args;
  // What is on the host must not change while handles are fetched.
  const ready: Record<string, ArgumentValue | undefined> = { ...copiedArguments(args) };
  for (const [name, value] of Object.entries(args)) {
    if (!isHandle(value) || value.backend === backend.id) continue;
    if (conversion === 'never') throw foreignHandle(kernel, name, value.backend, backend.id);
    ready[name] = yield* wait(value.toHost());
  }
  return ready;
}

/** Arguments with those of these names on the host. */
export function* hostArguments(
  kernel: string,
  args: LooseArgs,
  names: ReadonlySet<string>,
  conversion: ArrayConversion,
): Work<LooseArgs> {
  const fetches = [...names].some((name) => isHandle(args[name]));
  const ready: Record<string, ArgumentValue | undefined> = { ...(fetches ? copiedArguments(args) : args) };
  for (const name of names) {
    const value = args[name];
    if (!isHandle(value)) continue;
    if (conversion === 'never') throw foreignHandle(kernel, name, value.backend, 'the route');
    ready[name] = yield* wait(value.toHost());
  }
  return ready;
}

/** An array on the host, wherever it was. */
export function* hostArray(value: ArgumentValue | LooseResult | undefined): Work<NdArray | undefined> {
  if (isHandle(value)) return yield* wait(value.toHost());
  return typeof value === 'object' && 'data' in value && 'dtype' in value ? asArray(value) : undefined;
}

function hasForeign(args: LooseArgs, id: string): boolean {
  return Object.values(args).some((value) => isHandle(value) && value.backend !== id);
}

function asArray(value: object): NdArray | undefined {
  return isNdArray(value) ? value : undefined;
}

function isNdArray(value: object): value is NdArray {
  return 'dtype' in value && 'shape' in value && 'data' in value && ArrayBuffer.isView(value.data);
}
