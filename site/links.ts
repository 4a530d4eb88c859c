import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What became of the links of a built site. */
export interface Checked {
  readonly files: number;
  readonly links: number;
  /** A sentence for each that leads nowhere. */
  readonly broken: readonly string[];
}

/**
 * Follows every link of a built site that stays in it: to a file, and to an anchor where it names one. The pages of the
 * API and of the explorer are made by others, and only followed into.
 */
export function checkSite(folder: string, base: string): Checked {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => name.endsWith('.html') && !/^(api|explorer)\//.test(name));
  const texts = new Map<string, string>();
  const textOf = (file: string): string => {
    const known = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, known);
    return known;
  };
  let links = 0;
  const broken = files.flatMap((name) => {
    const targets = [...textOf(join(folder, name)).matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, target]) => target);
    const local = [...new Set(targets)].filter((target) => !/^([a-z]+:|\/\/)/.test(target));
    links += local.length;
    return local.flatMap((target) => {
      const why = problemOf(name, target);
      return why === undefined ? [] : [`${name}: ${target}: ${why}`];
    });
  });
  return { files: files.length, links, broken };

  function problemOf(page: string, target: string): string | undefined {
    const [path, anchor] = target.split('#');
    const [clean] = path.split('?');
    if (clean.startsWith('/') && !clean.startsWith(base)) return `does not begin with ${base}`;
    const named = clean.startsWith('/')
      ? join(folder, clean.slice(base.length))
      : join(folder, clean === '' ? page : join(dirname(page), clean));
    const file = existsSync(named) && statSync(named).isDirectory() ? join(named, 'index.html') : named;
    if (!existsSync(file)) return 'no such file';
    if (anchor === undefined || anchor === '') return undefined;
    return textOf(file).includes(`id="${decodeURIComponent(anchor)}"`) ? undefined : 'no such anchor';
  }
}
