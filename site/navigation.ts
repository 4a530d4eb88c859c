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
const groups: readonly {
  readonly text: string;
  readonly of: RegExp;
  readonly first: readonly string[];
  readonly collapsed?: boolean;
}[] = [
  {
    text: 'Begin',
    of: /^docs\/(tutorial|concepts|observations|fit|figures|explorer|sharp-bits)\.md$/,
    first: ['tutorial', 'concepts', 'observations', 'fit', 'figures', 'explorer', 'sharp-bits'],
  },
  {
    text: 'From elsewhere',
    of: /^docs\/from-[^/]+\.md$/,
    first: ['from-pyautolens', 'from-python', 'from-python-autojax'],
  },
  {
    text: 'Where it runs',
    of: /^docs\/(choosing-a-backend|dispatch|executor|platforms)\.md$/,
    first: ['choosing-a-backend', 'dispatch', 'executor', 'platforms'],
  },
  {
    text: 'Look it up',
    of: /^docs\/(conventions|performance|accuracy|support|smooth-evidence|positive-sources)\.md$/,
    first: ['conventions', 'smooth-evidence', 'positive-sources', 'performance', 'accuracy', 'support'],
  },
  {
    text: 'Packages',
    of: /^packages\/[^/]+\/README\.md$/,
    first: ['cli', 'lens', 'fit', 'figures', 'data', 'dispatch', 'executor'],
    collapsed: true,
  },
  {
    text: 'Build it',
    of: /^(CONTRIBUTING|SECURITY|docs\/(design|code-tour|releasing|add-a-backend|add-a-kernel))\.md$/,
    first: ['design', 'code-tour', 'CONTRIBUTING', 'add-a-kernel', 'add-a-backend', 'releasing'],
    collapsed: true,
  },
  { text: 'Decisions', of: /^docs\/adr\//, first: [], collapsed: true },
  { text: 'More', of: /^docs\/[^/]+\.md$/, first: [] },
];

/** Every page, in the one group that it belongs to. */
export function sidebar(): readonly Group[] {
  const left = new Set(markdownPages().filter((page) => page !== 'README.md' && page !== 'docs/README.md'));
  return groups.flatMap(({ text, of, first, ...folded }) => {
    const pages = [...left].filter((page) => of.test(page));
    for (const page of pages) left.delete(page);
    const rank = (page: string) => (first.indexOf(nameOf(page)) + first.length + 1) % (first.length + 1);
    const sorted = pages.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    const items = sorted.map((page) => ({ text: titleOf(page), link: addressOf(page) }));
    return items.length === 0 ? [] : [{ text, items, ...folded }];
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
