/** SVG as text: no document is needed, so that figures are made alike in Node, in workers and in pages. */
export type Markup = string;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its children; attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes, ...children: readonly Markup[]): Markup {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === 'number' ? short(value) : value)}"`],
  );
  const inside = children.join('');
  return inside === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>`;
}

/** Text as markup. */
export function escaped(text: string): Markup {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A hundredth of a unit is finer than any screen or printer shows. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: number;
  readonly turned?: boolean;
}

/** Text around a point, vertically centred on it, so that no baseline has to be known; `10^-5` is a power, `s^t` a transpose. */
export function text(x: number, y: number, content: string, options: TextOptions = {}): Markup {
  const { anchor = 'middle', size = fontSize, fill = ink, weight, turned = false } = options;
  if (content === '') return '';
  return element(
    'text',
    {
      x,
      y: turned ? y : y + 0.35 * size,
      'text-anchor': anchor,
      'font-size': size,
      'font-weight': weight,
      fill,
      transform: turned ? `rotate(-90 ${short(x)} ${short(y)})` : undefined,
      dy: turned ? short(0.35 * size) : undefined,
    },
    ...content.split(/(\^(?:-?\d+|t))/).map(raised),
  );
}

/** `^-5` as a small, raised -5: the font has few superscripts of its own. */
function raised(part: string): Markup {
  if (!part.startsWith('^')) return escaped(part);
  const exponent = part.slice(1).replace('-', '\u2212');
  return `<tspan font-size="72%" dy="-0.45em">${exponent}</tspan><tspan dy="0.324em">\u200b</tspan>`;
}

/** A line through points, broken where one is not finite. */
export function pathThrough(points: Iterable<readonly [x: number, y: number]>, closed = false): string {
  let [path, drawing] = ['', false];
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      drawing = false;
      continue;
    }
    path += `${drawing ? 'L' : 'M'}${short(x)} ${short(y)}`;
    drawing = true;
  }
  return closed && path !== '' ? `${path}Z` : path;
}

export const fontSize = 13;
export const ink = '#222';
export const faint = '#767676';
