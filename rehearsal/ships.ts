import { execFileSync } from 'node:child_process';
import { packageName, packages } from '../scripts/workspace.ts';

const ceilings = new Map(
  Object.entries(packages).map(([directory, rules]) => [packageName(directory), rules.kilobytes]),
);

/** What a package may consist of, and what every one must have. */
const allowed =
  /^(dist\/.*\.(js|d\.ts)|bin\/.*\.js|bundled\/[^/]+\.(fits|npz)|wasm\/[^/]+\.(wasm|d\.ts)|fonts\/[^/]+\.(woff2|txt)|deploy\/(Dockerfile|[^/]+\.(sh|yaml))|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
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
  const ceiling = ceilings.get(name) ?? 0;
  const wrong = [
    ...paths.filter((path) => !allowed.test(path)).map((path) => `${path} should not ship`),
    ...required.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...(size <= 1000 * ceiling ? [] : [`${size} bytes packed, the ceiling is ${ceiling} kB`]),
  ];
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
