import type { Exponent } from './statistics.js';

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits, without an exponent where people read one more easily. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude < 1e-3 || magnitude >= 1e6)) return value.toExponential(2);
  return magnitude >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** An exponent with its standard deviation, which is rounded up: never more certain than it is. */
export function exponentText({ value, error }: Exponent): string {
  // No -0.00.
  return `${(Number(value.toFixed(2)) + 0).toFixed(2)} ± ${Math.max(0.01, Math.ceil(error * 100) / 100).toFixed(2)}`;
}
