// Checks that every relative link of the repository's pages leads to a file, and to a heading where it names one.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorOf } from './anchors.ts';

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('CHANGELOG.md') && existsSync(file));
let links = 0;
let broken = 0;

for (const page of pages) {
  const text = readFileSync(page, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    links += 1;
    const [path, heading] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path));
    const why = problemOf(file, heading);
    if (why === undefined) continue;
    broken += 1;
    console.error(`${page}: ${target}: ${why}`);
  }
}
console.log(`${links} links on ${pages.length} pages, ${broken} broken`);
process.exitCode = broken === 0 ? 0 : 1;

function problemOf(file: string, heading: string | undefined): string | undefined {
  if (!existsSync(file)) return 'no such file';
  if (heading === undefined) return undefined;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title]) => anchorOf(title));
  return headings.includes(heading) ? undefined : 'no such heading';
}
