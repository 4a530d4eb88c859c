import type { Figure } from '../figures/figuresOf.js';
import { escaped } from '../svg/element.js';
import { svgOf } from '../svg/picture.js';
import { pageStyle } from './style.js';

export interface Page {
  readonly title: string;
  /** The sentence that matters, on top. */
  readonly verdict: string;
  readonly figures: readonly Figure[];
  /** What else there is to know, as name and value. */
  readonly facts?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Text that is shown as it is, such as the lens model. */
  readonly listing?: string | undefined;
  /** Files beside the page, with what they hold. */
  readonly files?: readonly (readonly [path: string, what: string])[] | undefined;
}

/** One page that needs nothing from elsewhere, on any width. */
export function pageOf({ title, verdict, figures, facts = [], listing, files = [] }: Page): string {
  const section = (id: string, heading: string, inside: string) =>
    inside === '' ? '' : `<section id="${id}"><h2>${heading}</h2>\n${inside}</section>\n`;
  const sections = [
    section(
      'figures',
      'Figures',
      figures.length === 0 ? '' : `<div class="figures">${figures.map(figureOf).join('\n')}</div>`,
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
<p class="verdict">${escaped(verdict)}</p>
${sections}</body>
</html>
`;
}

function figureOf({ name, caption, picture }: Figure): string {
  const wide = picture.width > 520 ? ' class="wide"' : '';
  return `<figure id="${escaped(name)}"${wide}><div class="scroll">${svgOf(picture, caption)}</div><figcaption>${escaped(caption)}</figcaption></figure>`;
}

function tableOf(rows: readonly (readonly [string, string])[]): string {
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`);
  return `<div class="scroll"><table>${cells.join('')}</table></div>`;
}
