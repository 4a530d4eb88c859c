import { nearestName, WtildeError } from '@wtilde/core-types';
import { isJsonObject } from './json.js';

/** A place of the JSON where a number, a prior or a tie stands. */
export interface Slot {
  readonly path: string;
  readonly given: unknown;
}

/** Every place of the profiles that is no record: what stands beside their types, in pairs one by one. */
export function slotsOf(lens: Readonly<Record<string, unknown>>): readonly Slot[] {
  const planes: readonly unknown[] = Array.isArray(lens.planes) ? lens.planes : [];
  return [
    ...['mass', 'light', 'lensLight'].flatMap((key) => slotsOfProfiles(lens[key], key)),
    ...planes.flatMap((plane, at) =>
      ['mass', 'light'].flatMap((key) =>
        isJsonObject(plane) ? slotsOfProfiles(plane[key], `planes.${at}.${key}`) : [],
      ),
    ),
  ];
}

function slotsOfProfiles(given: unknown, where: string): readonly Slot[] {
  const profiles: readonly unknown[] = Array.isArray(given) ? given : [];
  return profiles.flatMap((profile, at) => {
    if (!isJsonObject(profile)) return [];
    const entries = Object.entries(profile).filter(([name]) => name !== 'type');
    return entries.flatMap(([name, given]) => {
      const path = `${where}.${at}.${name}`;
      if (!Array.isArray(given)) return [{ path, given }];
      const pair: readonly unknown[] = given;
      return pair.map((each, index) => ({ path: `${path}.${index}`, given: each }));
    });
  });
}

/** The JSON with numbers in its places. */
export function filled(
  json: Readonly<Record<string, unknown>>,
  slots: readonly Slot[],
  number: (slot: Slot) => unknown,
): unknown {
  const values = new Map(slots.map((slot) => [slot.path, number(slot)]));
  const at = (path: string, given: unknown): unknown => {
    if (values.has(path)) return values.get(path);
    if (Array.isArray(given)) return given.map((each: unknown, index) => at(`${path}.${index}`, each));
    if (!isJsonObject(given)) return given;
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, at(`${path}.${name}`, each)]));
  };
  return Object.fromEntries(Object.entries(json).map(([name, given]) => [name, at(name, given)]));
}

/** The place that a tie leads to; a place without one itself. */
export function followed(slot: Slot, slots: readonly Slot[]): Slot {
  let here = slot;
  for (let steps = 0; steps <= slots.length; steps++) {
    const target = isJsonObject(here.given) && 'tie' in here.given ? here.given.tie : undefined;
    if (target === undefined) return here;
    const next = slots.find(({ path }) => path === target);
    if (next === undefined) throw noTie(slot.path, slots, target);
    here = next;
  }
  throw noTie(slot.path, slots, `${slot.path} itself, by way of others`);
}

function noTie(where: string, slots: readonly Slot[], actual: unknown): WtildeError {
  const known = slots.map(({ path }) => path).filter((path) => path !== where);
  const near = typeof actual === 'string' ? nearestName(actual, known) : undefined;
  return new WtildeError('InvalidValue', {
    what: 'the tie leads to no number and no prior',
    where,
    expected: `one of ${known.join(', ') || 'none: nothing else is written'}`,
    actual: String(actual),
    remedy: near === undefined ? 'name one of those' : `write ${near}`,
  });
}
