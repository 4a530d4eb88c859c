/** The name most like the one that was written, or undefined where none is alike. Letter case and underscores are ignored. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const plain = plainly(written);
  let nearest: string | undefined;
  let least = 1 + Math.floor(plain.length / 3);
  for (const name of names) {
    const distance = distanceBetween(plain, plainly(name));
    if (distance >= least) continue;
    least = distance;
    nearest = name;
  }
  return nearest;
}

function plainly(name: string): string {
  return name.slice(0, 40).replaceAll('_', '').toLowerCase();
}

/** How many letters have to be changed, added, dropped or swapped with the next (Damerau 1964). */
function distanceBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(changed, rows[i - 1][j] + 1, row[j - 1] + 1, swapped ? rows[i - 2][j - 2] + 1 : changed));
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
