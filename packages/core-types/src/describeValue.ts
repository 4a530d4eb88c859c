/** A value that somebody has passed, in a few words for a message: numbers as they are, functions never by their source. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
      return String(value);
    case 'string':
      return JSON.stringify(value.length > mostCharacters ? `${value.slice(0, mostCharacters)}...` : value);
    case 'undefined':
      return 'nothing';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      return describeObject(value);
  }
}

const mostCharacters = 60;
const mostEntries = 3;

function describeObject(value: unknown): string {
  if (value === null) return 'null';
  if (ArrayBuffer.isView(value)) return Object.prototype.toString.call(value).slice(8, -1);
  if (!Array.isArray(value)) return 'an object';
  // Entries of entries are not worth the words.
  const entries = value.slice(0, mostEntries).map((entry) => (Array.isArray(entry) ? 'a list' : describeValue(entry)));
  return `[${entries.join(', ')}${value.length > mostEntries ? ', ...' : ''}]`;
}
