// Builds the documentation site: the Markdown of the repository as pages, the API by typedoc, the explorer by vite.
// `node site/build.ts`, on the built packages; `--serve` shows it. SITE_BASE is the path that it will be served at, `/`
// without it.
import { spawn } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { heroPicture } from './hero.ts';
import { checkSite } from './links.ts';
import { stage } from './stage.ts';

const pages = 'site/.cache/pages';
const output = 'site/dist';

rmSync(pages, { recursive: true, force: true });
const count = stage(pages);
cpSync('site/pages', pages, { recursive: true });
writeFileSync(`${pages}/public/hero.svg`, await heroPicture());
await Promise.all([
  run('typedoc', '--treatWarningsAsErrors', '--logLevel', 'Warn', '--readme', 'none', '--out', `${pages}/public/api`),
  run('vite', 'build', 'apps/explorer', '--logLevel', 'warn', '--outDir', `../../${pages}/public/explorer`),
]);
await run('site/node_modules/.bin/vitepress', 'build', 'site');

const { broken, links, files } = checkSite(output, process.env.SITE_BASE ?? '/');
for (const each of broken) console.error(each);
console.log(`${count} pages in ${output}; ${links} links on ${files} of them, ${broken.length} broken`);
process.exitCode = broken.length === 0 ? 0 : 1;

if (process.argv.includes('--serve')) await run('site/node_modules/.bin/vitepress', 'preview', 'site');

function run(command: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} fails`))));
  });
}
