/** A value as an error names it: short, whatever it is, and harmless to print. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (ArrayBuffer.isView(value)) return Object.prototype.toString.call(value).slice(8, -1);
  if (Array.isArray(value)) {
    const values: readonly unknown[] = value;
    const some = values.slice(0, 4).map((each) => (typeof each === 'object' && each !== null ? '...' : shown(each)));
    return `[${some.join(', ')}${values.length > 4 ? ', ...' : ''}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const names = Object.keys(value);
    return names.length === 0 ? 'an empty object' : `an object of ${names.slice(0, 8).map(quoted).join(', ')}`;
  }
  return String(value);
}

const longest = 60;

/** JSON escapes control characters below space only. */
function quoted(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
