import { type NdArray, remedyByName, WtildeError } from '@wtilde/core-types';
import { checkNames } from '../arguments/checkArguments.js';
import { isJsonObject } from '../arguments/jsonObject.js';
import { checkNumber } from '../arguments/range.js';
import { shown } from '../arguments/shown.js';
import { checkHilbert, hilbertNames } from './hilbertNumbers.js';
import { checkMeshShape } from './shape.js';

/** Source pixels that are image-plane points, ray-traced and joined by a Delaunay triangulation. */
export interface OverlayMesh extends Interpolated {
  readonly type: 'overlay';
  /** Cells (ny, nx) laid over the mask; a cell whose centre the mask leaves open becomes a source pixel. */
  readonly shape: readonly [number, number];
}

/** Source pixels that are points along a Hilbert curve through a circular mask, closer together where an image is bright. */
export interface HilbertMesh extends Interpolated {
  readonly type: 'hilbert';
  /** Points within the mask. */
  readonly pixels: number;
  /** The least density of points, relative to the largest; 0 by default. */
  readonly weightFloor?: number | undefined;
  /** The power of the adapt image that the density is; 0, the default, takes no image. */
  readonly weightPower?: number | undefined;
  /** Points on a circle outside of the mask, meant to be zero; 30 by default. */
  readonly edgePoints?: number | undefined;
}

/** Source pixels at image-plane points of your own, ray-traced and joined by a Delaunay triangulation. */
export interface PointsMesh extends Interpolated {
  readonly type: 'points';
  /** (S, 2) in the image plane, (y, x) in arcsec. */
  readonly points: NdArray<'real'>;
  /** How many of them, the last ones, are meant to be zero; 0 by default. */
  readonly zeroedPixels?: number | undefined;
}

interface Interpolated {
  /**
   * How the source is interpolated between its pixels: by `natural` neighbours (Sibson), the default, or those of
   * `laplace`, with a frame where the source is zero: together with the regularization `gradient` the evidence does not jump
   * where an edge of the triangulation flips. `barycentric` is that of PyAutoLens, whose evidence jumps there.
   */
  readonly interpolation?: Interpolation | undefined;
}

const interpolations = ['natural', 'laplace', 'barycentric'] as const;

/** How the source is interpolated between the pixels of a mesh of points. */
export type Interpolation = (typeof interpolations)[number];

/** Source pixels on a uniform rectangle around the ray-traced image pixels. */
export interface RectangularMesh {
  readonly type: 'rectangular';
  /** Source pixels (ny, nx), at least two along each axis. */
  readonly shape: readonly [number, number];
}

/** Source pixels on a rectangle whose rows and columns are narrow where many image pixels are traced to. */
export interface AdaptDensityMesh {
  readonly type: 'rectangularAdaptDensity';
  /** Source pixels (ny, nx), at least four along each axis. */
  readonly shape: readonly [number, number];
  /** `kernel`, the default, is smooth in the lens; `rank` is what PyAutoLens has by default, without its mirrored rows. */
  readonly cdf?: 'kernel' | 'rank' | undefined;
  /** Of the kernel, in cells; 1 by default. */
  readonly bandwidth?: number | undefined;
}

/** The same, where bright image pixels count for more. */
export interface AdaptImageMesh extends Omit<AdaptDensityMesh, 'type'> {
  readonly type: 'rectangularAdaptImage';
  /** The power of the adapt image that an image pixel counts for; 1 by default. */
  readonly weightPower?: number | undefined;
  /** What every image pixel counts for at least; 0 by default. */
  readonly weightFloor?: number | undefined;
}

/** A mesh of points in the image plane. */
export type ImageMesh = OverlayMesh | HilbertMesh | PointsMesh;

/** How the source plane is divided into pixels. */
export type Mesh = ImageMesh | RectangularMesh | AdaptDensityMesh | AdaptImageMesh;

/** Whether a mesh is one of points in the image plane. */
export function isImageMesh(mesh: Mesh): mesh is ImageMesh {
  return kinds[mesh.type].word === 'interpolation';
}

/** Whether the mesh needs an adapt image. */
export function needsAdaptImage(mesh: Mesh): boolean {
  return mesh.type === 'rectangularAdaptImage' || (mesh.type === 'hilbert' && (mesh.weightPower ?? 0) > 0);
}

interface Kind {
  /** How it is written. */
  readonly text: string;
  /** Its names, true where one must be given. */
  readonly names: Readonly<Record<string, boolean>>;
  /** What stands first in its text. */
  readonly first: 'shape' | 'pixels' | 'points';
  /** What a word after it is. */
  readonly word?: 'interpolation' | 'cdf';
}

const adaptNames = { shape: true, cdf: false, bandwidth: false };

const kinds: Readonly<Record<Mesh['type'], Kind>> = {
  overlay: {
    text: 'overlay:ROWSxCOLUMNS[:INTERPOLATION]',
    names: { shape: true, interpolation: false },
    first: 'shape',
    word: 'interpolation',
  },
  hilbert: {
    text: 'hilbert:PIXELS[:INTERPOLATION][,weightPower=3.5,weightFloor=0.01,edgePoints=30]',
    names: { ...hilbertNames, interpolation: false },
    first: 'pixels',
    word: 'interpolation',
  },
  points: {
    text: 'points:FILE[:INTERPOLATION][,zeroedPixels=30]',
    names: { points: true, zeroedPixels: false, interpolation: false },
    first: 'points',
    word: 'interpolation',
  },
  rectangular: { text: 'rectangular:ROWSxCOLUMNS', names: { shape: true }, first: 'shape' },
  rectangularAdaptDensity: {
    text: 'rectangularAdaptDensity:ROWSxCOLUMNS[:kernel|rank][,bandwidth=1]',
    names: adaptNames,
    first: 'shape',
    word: 'cdf',
  },
  rectangularAdaptImage: {
    text: 'rectangularAdaptImage:ROWSxCOLUMNS[:kernel|rank][,weightPower=1,weightFloor=0,bandwidth=1]',
    names: { ...adaptNames, weightPower: false, weightFloor: false },
    first: 'shape',
    word: 'cdf',
  },
};

/**
 * A mesh from text: `overlay:30x30`, `overlay:30x30:barycentric`, `rectangular:20x20`, `rectangularAdaptImage:24x24:rank`,
 * `hilbert:1250,weightPower=3.5,weightFloor=0.01`, rows before columns; or as JSON, `{ "type": "overlay", ... }`.
 *
 * A mesh of points has an array and no text; the command line reads one from a file.
 *
 * @throws InvalidOption where the text names no mesh, InvalidValue where its shape has no pixels.
 */
export function parseMesh(text: string): Mesh {
  const given: unknown =
    typeof text === 'string' && text.trimStart().startsWith('{') ? fromJson(text) : fromWords(text);
  checkMesh(given);
  return given;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noMesh(text);
  }
}

/** TYPE:FIRST[:WORD][,name=value,...] */
function fromWords(text: string): unknown {
  const [, type, first, word, list = ''] =
    (typeof text === 'string' && /^(\w+):([\dx]+)(?::(\w+))?((?:,\w+=[^,]+)*)$/.exec(text)) || [];
  const kind = isType(type) ? kinds[type] : undefined;
  if (kind === undefined || (word !== undefined && kind.word === undefined)) throw noMesh(text);
  const [, rows, columns] = /^(\d+)x(\d+)$/.exec(first) ?? [];
  if (kind.first === 'points' || (kind.first === 'shape') !== (rows !== undefined)) throw noMesh(text);
  const numbers: Record<string, number> = {};
  for (const pair of list.split(',').slice(1)) {
    const [name, digits] = pair.split('=');
    const value = Number(digits);
    if (Number.isNaN(value) || !(name in kind.names) || name in numbers) throw noMesh(text);
    numbers[name] = value;
  }
  if (kind.word === 'interpolation' && word !== undefined && !isInterpolation(word)) throw noMesh(text);
  if (kind.word === 'cdf' && word !== undefined && !isCdf(word)) throw noMesh(text);
  return {
    type,
    ...(kind.first === 'shape' ? { shape: [Number(rows), Number(columns)] } : { pixels: Number(first) }),
    ...(kind.word === undefined || word === undefined ? {} : { [kind.word]: word }),
    ...numbers,
  };
}

function noMesh(text: unknown): WtildeError {
  const [word = ''] = (typeof text === 'string' && /^\w+/.exec(text)) || [];
  const isPoints = word === 'points';
  return new WtildeError('InvalidOption', {
    what: isPoints ? 'points have no text' : 'not a mesh',
    where: 'mesh',
    expected: formOf(word),
    actual: shown(text),
    remedy: isPoints
      ? "read the file and pass { type: 'points', points }"
      : (elsewhere[word.toLowerCase()] ?? nearby(word)),
  });
}

/** How the kind that was meant is written; how every kind is, where none of them was. */
function formOf(word: string): string {
  const meant = isType(word) ? [kinds[word]] : Object.values(kinds);
  const texts = meant.map(({ text }) => text).join(', ');
  return texts.includes('INTERPOLATION') ? `${texts}; INTERPOLATION is ${interpolations.join(', ')}` : texts;
}

/** Names of PyAutoLens for what is called otherwise here. */
const elsewhere: Readonly<Record<string, string>> = {
  delaunay: 'a Delaunay mesh is overlay:30x30:barycentric, or hilbert:500:barycentric',
  voronoi: 'natural neighbours are overlay:30x30',
};

function nearby(word: string): string {
  return isType(word) ? 'write it like that' : remedyByName(word, Object.keys(kinds), 'write it like overlay:30x30');
}

function isType(value: unknown): value is Mesh['type'] {
  return typeof value === 'string' && Object.hasOwn(kinds, value);
}

function isCdf(value: unknown): value is AdaptDensityMesh['cdf'] {
  return value === undefined || value === 'kernel' || value === 'rank';
}

function isInterpolation(value: unknown): value is Interpolation | undefined {
  return value === undefined || interpolations.some((each) => each === value);
}

/** Throws where a value is no mesh: MissingArgument, UnknownArgument, InvalidOption for its type, InvalidValue. */
export function checkMesh(given: unknown): asserts given is Mesh {
  const known = Object.keys(kinds);
  const type = isJsonObject(given) ? given.type : undefined;
  if (!isJsonObject(given) || type === undefined) checkNames(given, { type: true, shape: true }, 'mesh');
  if (!isJsonObject(given) || !isType(type)) {
    throw new WtildeError('InvalidOption', {
      what: 'there is no such mesh',
      where: 'mesh.type',
      expected: known.join(', '),
      actual: shown(type),
      remedy: 'use one of those',
    });
  }
  const { names, word } = kinds[type];
  if (word !== 'interpolation' && given.interpolation !== undefined) {
    throw new WtildeError('InvalidOption', {
      what: 'the mesh has no interpolation to choose',
      where: 'mesh.interpolation',
      expected: 'none for a rectangular mesh, which is bilinear',
      actual: shown(given.interpolation),
      remedy: 'leave it out',
    });
  }
  checkNames(given, { type: true, interpolation: false, ...names }, 'mesh');
  if (word !== undefined) checkWord(given, word);
  if ('shape' in names) checkMeshShape(given.shape, type);
  for (const name of ['bandwidth', 'weightPower', 'weightFloor']) {
    const value = given[name];
    if (value === undefined) continue;
    checkNumber(value, name === 'bandwidth' ? { above: 0 } : { minimum: 0 }, `mesh.${name}`, 'a parameter of the mesh');
  }
  if (type === 'hilbert') checkHilbert(given, 'mesh hilbert');
}

function checkWord(given: Readonly<Record<string, unknown>>, word: 'interpolation' | 'cdf'): void {
  const value = given[word];
  if (word === 'interpolation' ? isInterpolation(value) : isCdf(value)) return;
  throw new WtildeError('InvalidOption', {
    what: `the mesh has no such ${word}`,
    where: `mesh.${word}`,
    expected: word === 'interpolation' ? interpolations.join(', ') : 'kernel, rank',
    actual: shown(value),
    remedy: 'use one of those',
  });
}
