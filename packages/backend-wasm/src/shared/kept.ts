import type { Arena } from '../engine/arena.js';
import type { Engine } from '../engine/engine.js';

/** What a bound kernel keeps in the memory until it is disposed of. */
export interface Kept<T> {
  readonly value: T;
  dispose(): void;
}

/** Prepares something in memory of its own; gives all of it back when that fails half-way. */
export function keep<T>(engine: Engine, prepare: (arena: Arena) => T): Kept<T> {
  const arena = engine.arena();
  try {
    return { value: prepare(arena), dispose: () => arena.release() };
  } catch (error) {
    arena.release();
    throw error;
  }
}

/** True where all the arguments named are bound. */
export function bound(fixed: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.every((name) => fixed.has(name));
}
