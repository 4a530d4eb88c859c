/** A Markdown table; bars in cells are escaped. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** The rows of the Markdown tables with this header in a text, as cells. */
export function tableRows(markdown: string, header: readonly string[]): readonly (readonly string[])[] {
  const lines = markdown.split('\n');
  const [head] = tableOf(header, []).split('\n');
  return lines.flatMap((line, at) => {
    if (line !== head) return [];
    const rest = lines.slice(at + 2);
    const end = rest.findIndex((row) => !row.startsWith('|'));
    return rest.slice(0, end === -1 ? rest.length : end).map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  });
}

/** Marks for what many cells would say, and what they stand for below the table. */
export interface Footnotes {
  /** The mark of a remark, the same for the same remark. */
  mark(remark: string): string;
  /** A line for each mark. */
  list(): string;
}

export function footnotes(): Footnotes {
  const remarks: string[] = [];
  return {
    mark(remark) {
      if (!remarks.includes(remark)) remarks.push(remark);
      return superscript(remarks.indexOf(remark) + 1);
    },
    list: () => remarks.map((remark, at) => `${superscript(at + 1)} ${remark}`).join('  \n'),
  };
}

function superscript(number: number): string {
  return [...String(number)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

/** A part of a page that opens when its summary is clicked. */
export function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
