import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { megabytes, packageName, packages } from '../scripts/workspace.ts';

const ceilings = new Map(
  Object.entries(packages).map(([directory, rules]) => [
    packageName(directory),
    { kilobytes: rules.kilobytes, megabytes: megabytes[directory] },
  ]),
);

/** What a package may consist of, and what every one must have. */
const allowed =
  /^(dist\/.*\.(js|d\.ts)|bin\/.*\.js|bundled\/[^/]+\.(fits|npz)|wasm\/[^/]+\.(wasm|d\.ts)|fonts\/[^/]+\.(woff2|txt)|explorer\/(index\.html|assets\/[^/]+\.(js|css|wasm))|schema\/[^/]+\.json|deploy\/(Dockerfile|[^/]+\.(sh|yaml))|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
const required = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'];

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Looks at a published package: its files and its size. Throws what is wrong. */
export function checkWhatShips(name: string, folder: string, env: NodeJS.ProcessEnv): void {
  const said = execFileSync('npm', ['pack', name, '--dry-run', '--json'], {
    cwd: folder,
    env,
    stdio: 'pipe',
    encoding: 'utf8',
  });
  const [{ size, files }]: readonly Packed[] = JSON.parse(said);
  const paths = files.map(({ path }) => path);
  const ceiling = ceilings.get(name)?.kilobytes ?? 0;
  const wrong = [
    ...paths.filter((path) => !allowed.test(path)).map((path) => `${path} should not ship`),
    ...required.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...(size <= 1000 * ceiling ? [] : [`${size} bytes packed, the ceiling is ${ceiling} kB`]),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** Installs a package alone, and looks at what comes with it. Throws where that is more than it may be. */
export function checkWhatComes(name: string, root: string, env: NodeJS.ProcessEnv): void {
  const ceiling = ceilings.get(name)?.megabytes ?? 0;
  const folder = mkdtempSync(join(root, 'alone-'));
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', name], {
    cwd: folder,
    env,
    stdio: 'pipe',
  });
  const parts = installedIn(join(folder, 'node_modules'));
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const largest = parts.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5);
  const named = largest.map((part) => `${part.name} ${inMegabytes(part.bytes)}`).join(', ');
  const told = `${parts.length} packages, ${inMegabytes(bytes)} MB (${named})`;
  if (bytes > 1e6 * ceiling) throw new Error(`${told}; the ceiling is ${ceiling} MB`);
  console.log(`      ${told}`);
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

interface Installed {
  readonly name: string;
  readonly bytes: number;
}

function installedIn(folder: string): readonly Installed[] {
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((own) => `${name}/${own}`) : name));
  return names.map((name) => ({ name, bytes: sizeBelow(join(folder, name)) }));
}

function sizeBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
