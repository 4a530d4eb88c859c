const prefixes = [
  [1, ''],
  [1e3, 'm'],
  [1e6, '\u00b5'],
  [1e9, 'n'],
] as const;

/** A factor and a unit in which the largest value is between 1 and 1000, for janskys; other units stay. */
export function inPrefix(most: number, unit: string): { readonly factor: number; readonly unit: string } {
  if (!unit.startsWith('Jy') || !(most > 0)) return { factor: 1, unit };
  const [factor, prefix] = prefixes.find(([times]) => most * times >= 0.5) ?? prefixes[0];
  return { factor, unit: `${prefix}${unit}` };
}
