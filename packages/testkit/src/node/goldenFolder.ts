import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Where the golden files are: WTILDE_GOLDEN, or the folder `shared/golden` beside the repository that the process runs
 * in, or the small ones in its folder `golden`. It need not exist.
 */
export function goldenFolder(): string {
  const root = repositoryRoot(process.cwd());
  const large = resolve(root, '..', 'shared', 'golden');
  return process.env.WTILDE_GOLDEN ?? (existsSync(large) ? large : join(root, 'golden'));
}

function repositoryRoot(from: string): string {
  if (existsSync(join(from, 'pnpm-workspace.yaml'))) return from;
  const parent = dirname(from);
  return parent === from ? process.cwd() : repositoryRoot(parent);
}
