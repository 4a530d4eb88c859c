/** Rows as lines with columns padded to the same width. Columns whose index is in `right` are aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => (right.has(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The indices of all columns but the first `left` ones. */
export function rightFrom(left: number, columns: number): ReadonlySet<number> {
  return new Set(Array.from({ length: Math.max(columns - left, 0) }, (_, at) => left + at));
}
