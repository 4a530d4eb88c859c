// Runs the examples of the READMEs and the documentation against the build, each page in a folder of its own:
// - `ts` and `js` blocks must run and print what their `// =>` comments say;
// - a block after "`name`:" is saved under that name first, so that later ones find it;
// - `npx wtilde` and `node` lines of `sh` blocks must succeed (in docs/; those of the command line have their own test).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Its examples are the files of examples/third-party-backend, which have their own tests. */
const elsewhere = ['docs/add-a-backend.md'];

const pages = [
  'README.md',
  ...readdirSync('packages').map((name) => `packages/${name}/README.md`),
  ...readdirSync('docs').map((name) => `docs/${name}`),
].filter((file) => file.endsWith('.md') && existsSync(file) && !elsewhere.includes(file));

let failures = 0;
let examples = 0;
for (const page of pages) checkPage(page);
console.log(`${examples} examples on ${pages.length} pages, ${failures} fail`);
process.exitCode = failures === 0 ? 0 : 1;

function checkPage(page: string): void {
  // Pages above the packages have all of them at hand through the command line's dependencies.
  const home = page.startsWith('packages/') ? dirname(page) : 'packages/cli';
  const folder = join(home, '.cache', 'examples');
  // A run that was interrupted may have left files that no command replaces.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const blocks = readFileSync(page, 'utf8').matchAll(/(?:`([\w.-]+)`:\n+)?^```(ts|js|json|sh)\n([\s\S]*?)^```/gm);
  for (const [at, [, name, language, code]] of [...blocks].entries()) {
    const file = name ?? `example-${at}.${language}`;
    if (language !== 'sh') writeFileSync(join(folder, file), code);
    for (const command of commandsOf(page, language, file, code, name !== undefined)) {
      examples += 1;
      const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
      const expected = [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, value]) => value);
      const wrong = language === 'ts' ? expected.filter((value, line) => stdout.split('\n')[line] !== value) : [];
      if (status === 0 && wrong.length === 0) continue;
      failures += 1;
      const why = status === 0 ? `expected ${wrong.join(', ')}` : stderr;
      console.error(`${page}, example ${at + 1}: ${command.join(' ')}\n${why}\n${stdout}`);
    }
  }
  rmSync(folder, { recursive: true });
}

/** What node is called with for a block. */
function commandsOf(page: string, language: string, file: string, code: string, named: boolean): readonly string[][] {
  if (language === 'ts') return [[file]];
  // Parts of applications: named ones are run by a command of the page.
  if (language === 'js') return named ? [] : [['--check', file]];
  if (language !== 'sh' || !page.startsWith('docs/')) return [];
  const cli = join(process.cwd(), 'packages/cli/bin/wtilde.js');
  // A command goes on behind a backslash.
  return code
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const [program, first, ...rest] = line.split(/\s+/);
      if (program === 'npx' && first === 'wtilde') return [[cli, ...rest]];
      return program === 'node' ? [[first, ...rest]] : [];
    });
}
