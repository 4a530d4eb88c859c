// The Markdown of the repository as the generator wants it: a README is the index of its folder, and a link to a source
// file leads to a page that shows the file.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { homePage } from './home.ts';

const languages: Readonly<Record<string, string>> = {
  '.cff': 'yaml',
  '.js': 'js',
  '.json': 'json',
  '.mjs': 'js',
  '.sh': 'sh',
  '.ts': 'ts',
  '.tsx': 'tsx',
  '.yml': 'yaml',
};

/** Files that are pages: what stands in the repository for readers. */
export function markdownPages(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((file) => /^(README|CONTRIBUTING|SECURITY|(docs|apps|examples|golden|packages)\/.*)\.md$/.test(file))
    .filter((file) => !file.endsWith('CHANGELOG.md') && existsSync(file));
}

/** Where a page is in the site, without its base: `/docs/concepts`, `/packages/lens/`. */
export function addressOf(page: string): string {
  return `/${page.replace(/\.md$/, '').replace(/(^|\/)README$/, '$1')}`;
}

/** Writes every page below a folder. Returns how many there are. */
export function stage(folder: string): number {
  const pages = markdownPages();
  const shown = new Set<string>();
  const write = (address: string, text: string) => {
    const file = join(folder, address.endsWith('/') ? `${address}index.md` : `${address}.md`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const page of pages) {
    const text = linked(readFileSync(page, 'utf8'), page, pages, {
      picture: (path) => cpSync(path, join(folder, path)),
      source: (path) => shown.add(path),
    });
    write(addressOf(page), page === 'README.md' ? homePage(text) : text);
  }
  for (const path of shown) {
    if (isLarge(path)) {
      cpSync(path, join(folder, 'public', sourceAddress(path)));
      continue;
    }
    const isFolder = statSync(path).isDirectory();
    if (isFolder) for (const file of filesOf(path)) shown.add(file);
    write(sourceAddress(path), isFolder ? folderPage(path) : filePage(path));
  }
  return pages.length + shown.size;
}

/** Not `index`, which would be that of the folder above, and no dot in front, which the generator passes over. */
function sourceAddress(path: string): string {
  return `/source/${path.replace(/(^|\/)\./g, '$1').replace(/(^|\/)index\./, '$1index-')}`;
}

/** Data that nobody reads: they are linked as they are. */
function isLarge(path: string): boolean {
  return statSync(path).size > 100_000;
}

/** Hears of what pages link to. */
interface Used {
  picture(path: string): void;
  source(path: string): void;
}

/** A page with every relative link made one of the site. */
function linked(text: string, page: string, pages: readonly string[], use: Used): string {
  const blocks = text.split(/(^```[\s\S]*?^```)/m);
  const anyLink = /(!?\[(?:[^[\]]|\[[^\]]*\])*\])\(([^)\s]+)\)/g;
  const links = blocks.map((block, at) => (at % 2 === 1 ? block : block.replace(anyLink, link)));
  return links.join('');

  function link(whole: string, outer: string, target: string): string {
    // A picture may be a link.
    const label = outer.startsWith('[!') ? `[${outer.slice(1, -1).replace(anyLink, link)}]` : outer;
    if (/^([a-z]+:|#)/.test(target)) return whole;
    const [relative, heading] = target.split('#');
    const path = normalize(join(dirname(page), relative)).replace(/\/$/, '');
    if (label.startsWith('!')) {
      // What is missing, `npm run check:docs` says; a page without a picture is still a page.
      if (!existsSync(path)) return '';
      use.picture(path);
      return whole;
    }
    const readme = [path, join(path, 'README.md')].find((file) => pages.includes(file));
    const anchor = heading === undefined ? '' : `#${heading}`;
    if (readme !== undefined) return `${label}(${addressOf(readme)}${anchor})`;
    if (!existsSync(path)) throw new Error(`${page}: ${target} leads nowhere`);
    use.source(path);
    return `${label}(${sourceAddress(path)}${isLarge(path) ? '' : '.html'})`;
  }
}

function filesOf(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in languages)
    .map(({ name }) => `${path}/${name}`);
}

function folderPage(path: string): string {
  const names = filesOf(path).map((file) => `- [${file.slice(path.length + 1)}](${sourceAddress(file)}.html)`);
  return `${head}# ${path}\n\n${names.join('\n')}\n`;
}

function filePage(path: string): string {
  const text = readFileSync(path, 'utf8');
  // Longer than any fence inside.
  return `${head}# ${path}\n\n\`\`\`\`\`${languages[extname(path)] ?? ''}\n${text.trimEnd()}\n\`\`\`\`\`\n`;
}

/** Sources are read, not searched: whoever searches means the documentation. */
const head = '---\nsearch: false\neditLink: false\npageClass: source\naside: false\n---\n\n';
