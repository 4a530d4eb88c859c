// Writes the tables of the READMEs: kernels and methods of the backends, commands and options of the command line, and
// the few numbers of performance.
// `--check` fails where they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { createProgram } from '../packages/cli/dist/program.js';
import type { Backend } from '../packages/core-types/dist/index.js';
import { allKernels } from '../packages/core-types/dist/index.js';
import { headlineTable } from './headline.ts';
import { isBackend, packageDirectories } from './workspace.ts';

type Command = ReturnType<typeof createProgram>['commands'][number];

const stale = new Set<string>();

for (const name of packageDirectories().filter(isBackend)) {
  writeTable(`packages/${name}/README.md`, 'kernels', kernelTable(await createBackend(name)));
}
const { commands } = createProgram(process, () => {});
writeTable('packages/cli/README.md', 'commands', commandTable(commands));
writeTable('packages/cli/README.md', 'options', optionTable(commands));
writeTable('README.md', 'headline', headlineTable());

if (stale.size > 0) {
  console.error(`stale: ${[...stale].join(', ')}; run npm run readme-tables`);
  process.exitCode = 1;
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function writeTable(file: string, name: string, [head, ...rows]: readonly (readonly string[])[]): void {
  const lines = [head, ...rows].map((row) => `| ${row.join(' | ')} |`);
  const table = lines.toSpliced(1, 0, `|${'---|'.repeat(head.length)}`).join('\n');
  const before = readFileSync(file, 'utf8');
  const marker = new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- /${name} -->`);
  if (!marker.test(before)) throw new Error(`${file} has no place for the table of ${name}`);
  const after = before.replace(marker, () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
  if (before === after) return;
  if (process.argv.includes('--check')) stale.add(file);
  else writeFileSync(file, after);
}

function kernelTable({ kernels, dispose }: Backend): readonly (readonly string[])[] {
  const rows = allKernels().flatMap(({ name: kernel, upstream, number }) => {
    const methods = Object.entries(kernels).find(([key]) => key === kernel)?.[1].methods;
    return methods === undefined
      ? []
      : [[String(number), `\`${kernel}\``, `\`${upstream}\``, Object.keys(methods).join(', ')]];
  });
  dispose?.();
  return [['#', 'kernel', 'upstream', 'methods'], ...rows];
}

function commandTable(commands: readonly Command[]): readonly (readonly string[])[] {
  const rows = commands.map((command) => {
    const operands = command.registeredArguments.map((argument) => {
      const name = `${argument.name().toUpperCase()}${argument.variadic ? '...' : ''}`;
      return argument.required ? ` ${name}` : ` [${name}]`;
    });
    return [`\`wtilde ${command.name()}${operands.join('')}\``, command.description()];
  });
  return [['command', 'what it does'], ...rows];
}

/** A row for everything that an option may mean, with the commands where it does. */
function optionTable(commands: readonly Command[]): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly flags: string; readonly meaning: string; readonly of: string[] }>();
  for (const command of commands) {
    for (const { flags, description, defaultValue } of command.options) {
      const standard = defaultValue === undefined ? '' : ` (default: ${defaultValue})`;
      const meaning = `${description}${standard}`.replaceAll('<', '&lt;');
      const row = rows.get(`${flags} ${meaning}`) ?? { flags, meaning, of: [] };
      row.of.push(command.name());
      rows.set(`${flags} ${meaning}`, row);
    }
  }
  const named = [...rows.values()].map(({ flags, meaning, of }) => ({
    name: flags.replace(/^-\w, /, ''),
    flags,
    meaning,
    of,
  }));
  const sorted = named.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [
    ['option', 'of', 'what it means'],
    ...sorted.map(({ flags, of, meaning }) => [`\`${flags}\``, of.join(', '), meaning]),
  ];
}

/** A backend package exports one factory, whose name starts with `create`. */
async function createBackend(name: string): Promise<Backend> {
  const module: Readonly<Record<string, () => Backend | Promise<Backend>>> = await import(
    `../packages/${name}/dist/index.js`
  );
  const [, factory] = Object.entries(module).find(([key]) => key.startsWith('create')) ?? [];
  if (factory === undefined) throw new Error(`packages/${name} exports no factory create...Backend`);
  return await factory();
}
