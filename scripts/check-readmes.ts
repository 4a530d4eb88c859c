// Runs the examples of the READMEs against the build: every ```ts block must run, and print what its `// =>` comments say.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const readmes = ['README.md', ...readdirSync('packages').map((name) => `packages/${name}/README.md`)].filter((file) =>
  existsSync(file),
);
let failures = 0;

for (const readme of readmes) {
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  for (const [number, code] of blocks.entries()) {
    // The root has every package at hand through the command line's dependencies.
    const folder = join(readme === 'README.md' ? 'packages/cli' : dirname(readme), '.cache');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `readme-${number}.ts`);
    writeFileSync(file, code);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    rmSync(file);
    const expected = [...code.matchAll(/\/\/ => (.*)$/gm)].map(([, value]) => value);
    const wrong = expected.filter((value, line) => stdout.split('\n')[line] !== value);
    if (status === 0 && wrong.length === 0) continue;
    failures += 1;
    console.error(
      `${readme}, example ${number + 1}: ${status === 0 ? `expected ${wrong.join(', ')}` : stderr}\n${stdout}`,
    );
  }
}

console.log(failures === 0 ? `the examples of ${readmes.length} READMEs run` : `${failures} examples fail`);
process.exitCode = failures === 0 ? 0 : 1;
