/**
 * The text without anything that a terminal would obey: control characters, and marks that turn the direction of writing,
 * become \u escapes. Names in files may hold them; lines and tabs stay. JSON stays the same JSON.
 */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t'
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
