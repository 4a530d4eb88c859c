import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Registry } from './registry.ts';

/** A published package: where it is in the repository, its name and version. */
export interface Package {
  readonly directory: string;
  readonly name: string;
  readonly version: string;
}

/** The repository as it stands, committed or not, in a folder of its own. */
export function copyRepository(to: string): void {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(name))) {
    mkdirSync(join(to, dirname(file)), { recursive: true });
    cpSync(file, join(to, file), { verbatimSymlinks: true });
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost', ...args], { cwd: to });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'as it stands');
}

export function packagesOf(repository: string): readonly Package[] {
  return readdirSync(join(repository, 'packages')).map((directory) => {
    const manifest: { name: string; version: string } = JSON.parse(
      readFileSync(join(repository, 'packages', directory, 'package.json'), 'utf8'),
    );
    return { directory, name: manifest.name, version: manifest.version };
  });
}

/** Notes a change of packages, as a contributor would. */
export function addChangeset(
  repository: string,
  names: readonly string[],
  what: string,
  bump: 'patch' | 'minor' = 'patch',
): void {
  const bumps = names.map((name) => `'${name}': ${bump}\n`).join('');
  writeFileSync(join(repository, '.changeset', 'rehearsal.md'), `---\n${bumps}---\n\n${what}\n`);
}

/** The versions that the pending changesets ask for, with their changelogs. Resolves to the packages that got one. */
export function bumpVersions(repository: string): readonly Package[] {
  const before = new Map(packagesOf(repository).map(({ name, version }) => [name, version]));
  execFileSync('npx', ['changeset', 'version'], { cwd: repository, stdio: 'pipe' });
  execFileSync('pnpm', ['install', '--lockfile-only', '--prefer-offline'], { cwd: repository, stdio: 'pipe' });
  const bumped = packagesOf(repository).filter(({ name, version }) => before.get(name) !== version);
  for (const { directory, version } of bumped) {
    const changelog = readFileSync(join(repository, 'packages', directory, 'CHANGELOG.md'), 'utf8');
    if (!changelog.includes(`## ${version}`)) throw new Error(`${directory}: no entry ${version} in CHANGELOG.md`);
  }
  return bumped;
}

/**
 * Publishes what the registry does not have yet. Returns the names and versions that were new.
 *
 * @throws where npm or pnpm would publish anywhere else
 */
export function publish(repository: string, { url, env }: Registry): readonly string[] {
  for (const client of ['npm', 'pnpm']) {
    const target = execFileSync(client, ['config', 'get', 'registry'], {
      cwd: repository,
      env,
      encoding: 'utf8',
    }).trim();
    if (target !== url) throw new Error(`${client} is set to another registry than that of the rehearsal`);
  }
  const before = tagsOf(repository);
  execFileSync('npx', ['changeset', 'publish'], { cwd: repository, env, stdio: 'pipe' });
  return tagsOf(repository).filter((tag) => !before.includes(tag));
}

/** The tags that publishing leaves: name and version. */
function tagsOf(repository: string): readonly string[] {
  return execFileSync('git', ['tag', '--list'], { cwd: repository, encoding: 'utf8' }).split('\n').filter(Boolean);
}
