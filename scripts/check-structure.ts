// Every package has the same shape, imports only along the arrows, and kernels line up across backends; every app has the
// shape of apps.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import ts from 'typescript';
import { circlesOf } from './circles.ts';
import { namesInMany } from './publicNames.ts';
import {
  appDirectories,
  isBackend,
  kernelNames,
  type Manifest,
  packageDirectories,
  packageName,
  packages,
  type Rules,
  readJson,
  sourcesBelow,
} from './workspace.ts';

/** These implement every kernel; the others as many as their precision allows. */
const completeBackends = ['backend-reference', 'backend-loops', 'backend-wasm'];
const onNodeOnly = ['cli', 'bench', 'executor'];
const untracked = ['.cache', '.turbo', 'dist', 'node_modules'];
const required = ['README.md', 'package.json', 'src', 'test', 'tsconfig.json'];
/** `assembly`: the AssemblyScript sources of backend-wasm. `bench`: benchmarks and their results, not published. */
const optional = ['CHANGELOG.md', 'assembly', 'bench', 'scripts'];
/** An app is a page, which vite builds. */
const appRequired = ['README.md', 'index.html', 'package.json', 'src', 'test', 'tsconfig.json'];
const appOptional = ['public', 'scripts', 'vite.config.ts'];
/** How the packages are bundled as their sources, which browser there is, and the server that serves the page. */
const appTestsShare = ['vitest.config.ts', 'browser/test/browser.ts', 'packages/cli/src/commands/explore/site.ts'];

const violations: string[] = [];
const demand = (holds: boolean, violation: string): void => {
  if (!holds) violations.push(violation);
};

interface Package {
  readonly directory: string;
  readonly root: string;
  readonly manifest: Manifest;
  readonly rules: Rules;
}

interface TsConfig {
  readonly references?: readonly { readonly path: string }[];
}

function checkShape({ directory, root, manifest }: Package): void {
  const present = readdirSync(root).filter((name) => !untracked.includes(name));
  for (const name of required) demand(present.includes(name), `${root}: no ${name}`);
  for (const name of present) {
    const known = [...required, ...optional, ...manifest.files].includes(name);
    demand(known, `${root}/${name}: other packages have no such entry`);
  }
  demand(existsSync(`${root}/src/index.ts`), `${root}: no src/index.ts`);
  const tests = sourcesBelow(`${root}/test`).filter((file) => file.endsWith('.test.ts'));
  demand(tests.length > 0, `${root}: no test/*.test.ts`);
  const expected = packageName(directory);
  demand(manifest.name === expected, `${root}: named ${manifest.name}, not ${expected}`);
}

function checkEntryPoints({ root, manifest }: Package): void {
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (entry === './package.json') continue;
    if (entry.endsWith('.wasm')) {
      const files = typeof target === 'string' ? [target] : Object.values(target);
      for (const file of files) demand(existsSync(`${root}/${file}`), `${root}: export '${entry}' has no ${file}`);
      continue;
    }
    const name = entry === '.' ? 'index' : entry.slice('./'.length);
    const wanted = { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` };
    const same = JSON.stringify(target) === JSON.stringify(wanted);
    demand(same, `${root}: export '${entry}' is not ${JSON.stringify(wanted)}`);
    demand(existsSync(`${root}/src/${name}.ts`), `${root}: export '${entry}' has no src/${name}.ts`);
  }
  for (const file of Object.values(manifest.bin ?? {})) {
    const imported = existsSync(`${root}/${file}`) ? importsOf(`${root}/${file}`) : [];
    const sources = imported.map((specifier) => specifier.replace(/^\.\.\/dist\/(.*)\.js$/, `${root}/src/$1.ts`));
    demand(sources.length > 0 && sources.every(existsSync), `${root}: bin ${file} imports nothing that is built`);
  }
}

function referencesOf(file: string): string[] {
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config?: TsConfig };
  return (config?.references ?? []).map(({ path }) => path);
}

function checkReferences({ root, manifest }: Package): void {
  const references = referencesOf(`${root}/tsconfig.json`)
    .map((path) => path.slice('../'.length))
    .sort();
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((name) => name.startsWith('@wtilde/'))
    .map((name) => name.slice('@wtilde/'.length))
    .sort();
  const same = references.join() === dependencies.join();
  demand(same, `${root}/tsconfig.json: references [${references}], dependencies [${dependencies}]`);
}

/** docs/adr/0006-versions.md: a backend names the contract that it was written against. */
function checkRanges({ root, manifest }: Pick<Package, 'root' | 'manifest'>): void {
  const { dependencies, peerDependencies, devDependencies } = manifest;
  for (const [name, range] of Object.entries({ ...dependencies, ...peerDependencies, ...devDependencies })) {
    const ours = name.startsWith('@wtilde/') || name === 'wtilde';
    demand(!ours || range === 'workspace:^', `${root}: depends on ${name} by ${range}, not workspace:^`);
  }
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/** What a browser would load: all that the entry points lead to, except the one for Node. */
function browserFiles({ directory, root, manifest }: Package): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) visit(resolveFrom(file, specifier));
    }
  };
  const entries = Object.keys(manifest.exports).filter(
    (entry) => !['./node', './package.json'].includes(entry) && !entry.endsWith('.wasm'),
  );
  if (onNodeOnly.includes(directory)) return found;
  for (const entry of entries) visit(`${root}/src/${entry === '.' ? 'index' : entry.slice('./'.length)}.ts`);
  return found;
}

function resolveFrom(file: string, specifier: string): string {
  return normalize(`${dirname(file)}/${specifier}`).replace(/\.js$/, '.ts');
}

function checkImport(checked: Package, file: string, specifier: string, inBrowser: boolean): void {
  const { directory, root, manifest, rules } = checked;
  const inTest = file.startsWith(`${root}/test/`);
  if (specifier.startsWith('.')) {
    demand(resolveFrom(file, specifier).startsWith(`${root}/`), `${file}: '${specifier}' leaves the package`);
  } else if (specifier.startsWith('node:')) {
    demand(!inBrowser, `${file}: '${specifier}', but browsers load this file`);
  } else if (specifier.startsWith('@wtilde/')) {
    const [, target = ''] = specifier.split('/');
    const allowed = inTest ? [...rules.imports, directory, ...(rules.tests ?? [])] : rules.imports;
    demand(allowed.includes(target), `${file}: '${specifier}' is against the arrows`);
    const declared = {
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
      ...(inTest ? manifest.devDependencies : {}),
    };
    const itself = target === directory;
    demand(itself || `@wtilde/${target}` in declared, `${file}: '${specifier}' is not declared`);
  }
}

/** Types count: what two files know of each other is one idea, or belongs into a third. */
function checkCircles(root: string): void {
  const relative = (file: string) =>
    importsOf(file).flatMap((name) => (name.startsWith('.') ? resolveFrom(file, name) : []));
  const imports = new Map(sourcesBelow(`${root}/src`).map((file) => [file, relative(file)]));
  for (const circle of circlesOf(imports)) violations.push(`import each other in a circle: ${circle.join(', ')}`);
}

/** A test must pass on a busy machine: there is one limit of time, which ends what hangs. */
function checkLimits(file: string): void {
  const limits = /\b(testTimeout|hookTimeout)\b|\btimeout: [\d_]{5,}|\}, [\d_]{5,}\);/.test(readFileSync(file, 'utf8'));
  demand(!limits, `${file}: a limit of time; the only one is in vitest.config.ts`);
}

function checkKernels({ directory, root }: Package, described: readonly string[]): void {
  const implemented = kernelNames(directory);
  for (const name of implemented) {
    const file = `${root}/src/kernels/${name}.ts`;
    demand(described.includes(name), `${file}: core-types describes no such kernel`);
  }
  if (!completeBackends.includes(directory)) return;
  for (const name of described) {
    demand(implemented.includes(name), `${root}: no src/kernels/${name}.ts`);
  }
}

/** Apps are made of packages, as users have them; nothing is made of an app. */
function checkApp(directory: string): void {
  const root = `apps/${directory}`;
  const present = readdirSync(root).filter((name) => !untracked.includes(name));
  for (const name of appRequired) demand(present.includes(name), `${root}: no ${name}`);
  for (const name of present) {
    demand([...appRequired, ...appOptional].includes(name), `${root}/${name}: other apps have no such entry`);
  }
  if (!present.includes('package.json')) return;
  const manifest = readJson<Manifest>(`${root}/package.json`);
  demand(manifest.private === true, `${root}: not private, but apps are not published`);
  demand(manifest.name === `wtilde-${directory}`, `${root}: named ${manifest.name}, not wtilde-${directory}`);
  checkRanges({ root, manifest });
  const declared = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const file of [...sourcesBelow(`${root}/src`), ...sourcesBelow(`${root}/test`)]) {
    const inTest = file.startsWith(`${root}/test/`);
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) {
        const path = resolveFrom(file, specifier);
        demand(
          path.startsWith(`${root}/`) || (inTest && appTestsShare.includes(path)),
          `${file}: '${specifier}' leaves the app`,
        );
      } else if (specifier.startsWith('node:')) {
        demand(inTest, `${file}: '${specifier}', but browsers load this file`);
      } else if (specifier.startsWith('@wtilde/')) {
        const name = specifier.split('/').slice(0, 2).join('/');
        demand(name in declared, `${file}: '${specifier}' is not declared`);
      }
    }
    if (inTest) checkLimits(file);
  }
}

/**
 * Every file in kernels/ of a backend is a kernel of the backend: what its factory promises to return has it. The
 * compiler holds the factory to that promise. Sources are read, so that nothing has to be built.
 */
function checkBackendKernels(): void {
  const entries = packageDirectories()
    .filter(isBackend)
    .map((directory) => ({ directory, file: `packages/${directory}/src/index.ts` }));
  const { config } = ts.readConfigFile('tsconfig.base.json', ts.sys.readFile) as { config?: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const paths = { '@wtilde/*': ['./packages/*/src/index.ts'] };
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    { ...options, composite: false, noEmit: true, paths, types: [] },
  );
  const checker = program.getTypeChecker();
  for (const { directory, file } of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const factory = module && checker.getExportsOfModule(module).find(({ name }) => /^create\w+Backend$/.test(name));
    const [signature] = factory ? checker.getTypeOfSymbol(factory).getCallSignatures() : [];
    demand(signature !== undefined, `${file}: exports no create<Name>Backend`);
    if (signature === undefined) continue;
    const made = checker.getReturnTypeOfSignature(signature);
    const kernels = (checker.getAwaitedType(made) ?? made).getProperty('kernels');
    const present = new Set(
      (kernels ? checker.getTypeOfSymbol(kernels).getProperties() : [])
        .filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0)
        .map(({ name }) => name),
    );
    for (const name of kernelNames(directory)) {
      demand(
        present.has(name),
        `packages/${directory}/src/kernels/${name}.ts: ${factory?.name} promises no such kernel`,
      );
    }
  }
}

const described = kernelNames('core-types');
const readme = readFileSync('README.md', 'utf8');
for (const directory of packageDirectories()) {
  const root = `packages/${directory}`;
  const rules = packages[directory];
  if (rules === undefined) {
    violations.push(`${root}: not in the list of packages (scripts/workspace.ts)`);
    continue;
  }
  const manifest = readJson<Manifest>(`${root}/package.json`);
  const checked: Package = { directory, root, manifest, rules };
  checkShape(checked);
  checkEntryPoints(checked);
  checkReferences(checked);
  checkRanges(checked);
  demand(readme.includes(`](${root})`), `README.md: does not name ${root}`);
  if (isBackend(directory)) checkKernels(checked, described);
  checkCircles(root);
  const inBrowser = browserFiles(checked);
  for (const file of [...sourcesBelow(`${root}/src`), ...sourcesBelow(`${root}/test`)]) {
    for (const specifier of importsOf(file)) checkImport(checked, file, specifier, inBrowser.has(file));
    if (file.startsWith(`${root}/test/`)) checkLimits(file);
  }
}

const above = new Set<string>();
for (const [directory, { imports }] of Object.entries(packages)) {
  demand(existsSync(`packages/${directory}`), `scripts/workspace.ts: there is no packages/${directory}`);
  for (const name of imports) demand(above.has(name), `scripts/workspace.ts: ${directory} is above ${name}`);
  above.add(directory);
}
for (const directory of appDirectories()) checkApp(directory);
for (const [name, owners] of namesInMany()) violations.push(`${name}: exported by ${owners.join(' and ')}`);
checkBackendKernels();

for (const violation of violations) console.error(violation);
const counted = `${packageDirectories().length} packages, ${appDirectories().length} apps`;
console.log(`${counted}, ${violations.length} violations`);
process.exitCode = violations.length > 0 ? 1 : 0;
