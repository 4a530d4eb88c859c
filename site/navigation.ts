import { readFileSync } from 'node:fs';
import { addressOf, markdownPages } from './stage.ts';

interface Item {
  readonly text: string;
  readonly link: string;
}

interface Group {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: readonly Item[];
}

/** Pages in reading order, by folder and name; what is not named here comes last among its like. */
const groups: readonly { readonly text: string; readonly of: RegExp; readonly first: readonly string[] }[] = [
  {
    text: 'Use it',
    of: /^docs\/(tutorial|concepts|figures|choosing-a-backend|dispatch|sharp-bits|from-python-autojax|platforms)\.md$/,
    first: ['tutorial', 'concepts', 'figures', 'choosing-a-backend', 'dispatch', 'sharp-bits'],
  },
  {
    text: 'Look it up',
    of: /^docs\/(performance|accuracy|support|smooth-evidence)\.md$/,
    first: ['support', 'accuracy', 'performance'],
  },
  { text: 'Packages', of: /^packages\/[^/]+\/README\.md$/, first: ['cli', 'lens', 'figures', 'data', 'dispatch'] },
  {
    text: 'Build it',
    of: /^(CONTRIBUTING|SECURITY|docs\/(design|code-tour|releasing|add-a-backend|add-a-kernel))\.md$/,
    first: ['design', 'code-tour', 'CONTRIBUTING', 'add-a-kernel', 'add-a-backend', 'releasing'],
  },
  { text: 'Decisions', of: /^docs\/adr\//, first: [] },
  { text: 'More', of: /^docs\/[^/]+\.md$/, first: [] },
];

/** Every page, in the one group that it belongs to. */
export function sidebar(): readonly Group[] {
  const left = new Set(markdownPages().filter((page) => page !== 'README.md' && page !== 'docs/README.md'));
  return groups.flatMap(({ text, of, first }) => {
    const pages = [...left].filter((page) => of.test(page));
    for (const page of pages) left.delete(page);
    const rank = (page: string) => (first.indexOf(nameOf(page)) + first.length + 1) % (first.length + 1);
    const sorted = pages.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    const items = sorted.map((page) => ({ text: titleOf(page), link: addressOf(page) }));
    return items.length === 0 ? [] : [{ text, items, ...(text === 'Decisions' ? { collapsed: true } : {}) }];
  });
}

/** `lens` of packages/lens/README.md, `concepts` of docs/concepts.md. */
function nameOf(page: string): string {
  return page
    .replace(/\/README\.md$/, '')
    .replace(/\.md$/, '')
    .replace(/.*\//, '');
}

function titleOf(page: string): string {
  return /^# (.*)$/m.exec(readFileSync(page, 'utf8'))?.[1] ?? page;
}
