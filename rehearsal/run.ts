// The rehearsal of a release: every package versioned, built and published to a registry on loopback, and used from
// there. `--keep` leaves the registry running, to try it by hand.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRegistry } from './registry.ts';
import { addChangeset, bumpVersions, copyRepository, packagesOf, publish } from './release.ts';
import { checkWhatComes, checkWhatShips } from './ships.ts';
import { checkFailingStart, checkStart } from './start.ts';
import { createSteps } from './steps.ts';
import { rehearseUsers } from './users.ts';

const steps = createSteps();
const folder = mkdtempSync(join(tmpdir(), 'wtilde-rehearsal-'));
const repository = join(folder, 'repository');
mkdirSync(repository);
const registry = await startRegistry(folder);

try {
  await steps.run('a copy of the repository', () => copyRepository(repository));
  await steps.run('npm start where the install fails', () => checkFailingStart(repository));
  await steps.run('npm start in a fresh clone', () => checkStart(repository));
  const all = packagesOf(repository).map(({ name }) => name);
  const released = await steps.run('changeset version: versions and changelogs of every package', () => {
    addChangeset(repository, all, 'A rehearsal.');
    const bumped = bumpVersions(repository).map(({ name }) => name);
    same(bumped, all);
  });
  if (released) {
    await steps.run('the build', () => {
      execFileSync('npm', ['run', '--silent', 'build'], { cwd: repository, stdio: 'pipe' });
    });
    await steps.run('changeset publish: every package', () => {
      same(publish(repository, registry), packagesOf(repository).map(tagOf));
    });
    await steps.run('a second publish finds nothing to do', () => same(publish(repository, registry), []));
    await steps.run('a patch of one package: only it is published', () => {
      addChangeset(repository, ['@wtilde/backend-loops'], 'A patch.');
      const bumped = bumpVersions(repository);
      same(
        bumped.map(({ name }) => name),
        ['@wtilde/backend-loops'],
      );
      same(publish(repository, registry), bumped.map(tagOf));
    });
    await steps.run('a minor of the contract: all that depends on it follows, its old range no longer fits', () => {
      addChangeset(repository, ['@wtilde/core-types'], 'A change of the contract.', 'minor');
      const bumped = bumpVersions(repository);
      same(
        bumped.map(({ name }) => name),
        all,
      );
      same(publish(repository, registry), bumped.map(tagOf));
    });
    for (const { name } of packagesOf(repository)) {
      await steps.run(`what ships in ${name}`, () => checkWhatShips(name, folder, registry.env));
      await steps.run(`what npm install ${name} brings`, () => checkWhatComes(name, folder, registry.env));
    }
    await rehearseUsers(steps, folder, registry.env);
  }
  if (process.argv.includes('--keep')) {
    console.log(`the registry is at ${registry.url} until Ctrl-C`);
    await new Promise((resolve) => process.once('SIGINT', resolve));
  }
} finally {
  registry.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
steps.end();

function tagOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name}@${version}`;
}

function same(found: readonly string[], expected: readonly string[]): void {
  const [a, b] = [found, expected].map((list) => [...list].sort().join('\n'));
  if (a !== b) throw new Error(`expected\n${b}\nfound\n${a}`);
}
