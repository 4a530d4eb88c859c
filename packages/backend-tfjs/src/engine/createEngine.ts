import { describeValue, WtildeError } from '@wtilde/core-types';
import { type Attempt, EngineMissing } from './attempt.js';
import type { Engine, EngineName } from './engine.js';
import { privateEngine } from './privateEngine.js';
import { probe } from './probe.js';
import { type SourceOptions, sourceOf } from './sources.js';

const inNode: readonly EngineName[] = ['tensorflow', 'wasm', 'cpu'];
const inBrowsers: readonly EngineName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

export interface Found {
  readonly engine: Engine;
  /** Every engine that was tried, the last one being the one that was taken. */
  readonly attempts: readonly Attempt[];
}

/** The engine asked for, or the first in the order of preference that gives right results. */
export async function createEngine(asked: EngineName | 'auto', options: SourceOptions): Promise<Found> {
  const isNode = typeof globalThis.process?.getBuiltinModule === 'function';
  const order = asked === 'auto' ? (isNode ? inNode : inBrowsers) : [asked];
  const attempts: Attempt[] = [];
  for (const name of order) {
    const found = await attempt(name, options);
    if ('engine' in found) return { engine: found.engine, attempts: [...attempts, { engine: name, ok: true }] };
    attempts.push(found.failure);
  }
  throw new WtildeError('BackendUnavailable', {
    what: asked === 'auto' ? 'no engine of TensorFlow.js runs here' : 'this engine of TensorFlow.js does not run here',
    where: 'createTfjsBackend',
    expected: order.join(', '),
    actual: attempts.map((each) => (each.ok ? each.engine : `${each.engine}: ${each.detail}`)).join('; '),
    remedy: attempts.map((each) => (each.ok ? '' : each.remedy)).join('; '),
  });
}

async function attempt(
  name: EngineName,
  options: SourceOptions,
): Promise<{ readonly engine: Engine } | { readonly failure: Attempt }> {
  let engine: Engine | undefined;
  try {
    engine = privateEngine(await sourceOf(name, options));
    await probe(engine);
    return { engine };
  } catch (cause) {
    engine?.dispose();
    const known = cause instanceof EngineMissing ? cause : undefined;
    const detail = cause instanceof Error ? cause.message : describeValue(cause);
    const { reason, remedy } = known ?? { reason: 'probe-failed' as const, remedy: 'use another engine' };
    return { failure: { engine: name, ok: false, reason, detail, remedy } };
  }
}
