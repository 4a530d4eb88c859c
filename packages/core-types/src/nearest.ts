/**
 * A remedy for a name that is not known: `did you mean 'loops'? Otherwise ...` where one of the known names is near, the
 * remedy alone where none is.
 */
export function remedyByName(name: string, known: Iterable<string>, remedy: string): string {
  const near = nearestName(name, known);
  return near === undefined ? remedy : `did you mean '${near}'? Otherwise ${remedy}`;
}

/** The known name nearest to a misspelt one, in whatever case and spelling of words; undefined where none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  // In plain JavaScript a name may be anything.
  if (typeof name !== 'string') return undefined;
  const wanted = plain(name);
  let nearest: string | undefined;
  // A slip for every three letters; what is further off is another word.
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const slips = slipsBetween(wanted, plain(candidate));
    if (slips < least) [nearest, least] = [candidate, slips];
  }
  return nearest;
}

/** `w_tilde_data`, `wTildeData` and `w-tilde-data` are one. Nobody misspells a name of more letters. */
function plain(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .slice(0, 100);
}

/** Letters to add, drop, replace, or swap with their neighbour, from one word to the other. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, replaced);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}
