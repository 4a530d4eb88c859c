import type { BackendInfo } from '@wtilde/core-types';

/** What a backend tells of itself, a line for each fact; a list of records has a line for each of them. */
export function factLines(id: string, { summary: _, deviceMemory: __, ...facts }: BackendInfo): readonly string[] {
  return Object.entries(facts).flatMap(([name, fact]) =>
    isList(fact) && fact.some(isRecord)
      ? fact.map((entry) => `${id} ${name}: ${factText(entry)}`)
      : [`${id} ${name}: ${factText(fact)}`],
  );
}

function factText(fact: unknown): string {
  if (isList(fact)) return fact.map(factText).join(', ');
  if (!isRecord(fact)) return String(fact);
  const told = Object.entries(fact).filter(([, value]) => value !== '' && value !== undefined);
  return told.map(([name, value]) => `${name} ${factText(value)}`).join(', ');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
