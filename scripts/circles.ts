/** The files that lead back to themselves through what they import: groups of them, each sorted. */
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const reached = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const inCircles = [...imports.keys()].filter((file) => reached.get(file)?.has(file));
  const groups = inCircles.map((file) => inCircles.filter((other) => leadBack(file, other, reached)).sort());
  return [...new Map(groups.map((group) => [group.join(), group])).values()];
}

function leadBack(a: string, b: string, reached: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return reached.get(a)?.has(b) === true && reached.get(b)?.has(a) === true;
}

function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    for (const next of imports.get(file) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(start);
  return found;
}
