import type { Figure } from '../figures/figuresOf.js';
import { escaped } from '../svg/element.js';
import { svgOf } from '../svg/picture.js';
import { pageStyle } from './style.js';

export interface Page {
  readonly title: string;
  /** The sentence that matters, on top. */
  readonly verdict: string;
  /** What makes the result doubtful, a sentence each. */
  readonly warnings?: readonly string[] | undefined;
  readonly figures: readonly Figure[];
  /** Files of each figure, by its name: label and path. */
  readonly links?: Readonly<Record<string, readonly (readonly [label: string, path: string])[]>> | undefined;
  /** What else there is to know, as name and value. */
  readonly facts?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Text that is shown as it is, such as the lens model. */
  readonly listing?: string | undefined;
  /** Files beside the page, with what they hold. */
  readonly files?: readonly (readonly [path: string, what: string])[] | undefined;
}

/** One page that needs nothing from elsewhere, on any width. */
export function pageOf(page: Page): string {
  const { title, verdict, warnings = [], figures, links = {}, facts = [], listing, files = [] } = page;
  const section = (id: string, heading: string, inside: string) =>
    inside === '' ? '' : `<section id="${id}"><h2>${heading}</h2>\n${inside}</section>\n`;
  const sections = [
    section(
      'figures',
      'Figures',
      figures.length === 0
        ? ''
        : `<div class="figures">${figures.map((figure) => figureOf(figure, links[figure.name] ?? [])).join('\n')}</div>`,
    ),
    section('facts', 'Numbers', facts.length === 0 ? '' : tableOf(facts)),
    section('model', 'Model', listing === undefined ? '' : `<pre>${escaped(listing)}</pre>`),
    section(
      'files',
      'Files',
      files.length === 0
        ? ''
        : `<ul>${files.map(([path, what]) => `<li><a href="${escaped(path)}">${escaped(path)}</a>: ${escaped(what)}</li>`).join('\n')}</ul>`,
    ),
  ].join('');
  return documentOf(
    title,
    `<p class="verdict">${escaped(verdict)}</p>
${warnings.map((warning) => `<p class="warning">Warning: ${escaped(warning)}</p>\n`).join('')}${sections}`,
  );
}

/** A page from its parts in HTML: what is in `body` is taken as it is. */
export function documentOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}</body>
</html>
`;
}

/** A figure for such a page. */
export function figureOf(
  { name, heading, caption, picture }: Figure,
  links: readonly (readonly [string, string])[] = [],
): string {
  const files = links.map(([label, path]) => ` <a href="${escaped(path)}">${escaped(label)}</a>`).join('');
  const above = heading === undefined ? '' : `<h3>${escaped(heading)}</h3>`;
  const below = `${escaped(caption)}${files}`;
  const wide = picture.width > 520 ? ' class="wide"' : '';
  return `<figure id="${escaped(name)}"${wide}>${above}<div class="scroll">${svgOf(picture, heading ?? caption)}</div>${below === '' ? '' : `<figcaption>${below}</figcaption>`}</figure>`;
}

function tableOf(rows: readonly (readonly [string, string])[]): string {
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<div class="scroll"><table>${cells.join('')}</table></div>`;
}
