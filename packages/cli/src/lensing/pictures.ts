/** What `--out DIR` of evidence, fit and sample leaves: pictures, the arrays behind them, and the JSON object of `--json`. */
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { real } from '@wtilde/core-types';
import { type Fields, writeNpz } from '@wtilde/data';
import { type FileContents, writeFiles } from '@wtilde/data/node';
import type { ReportOptions, Result } from '@wtilde/figures';
import { type Evidence, gainEstimateFields } from '@wtilde/lens';
import type { PictureOptions } from '../options/shared.js';
import type { Outputs } from '../outputs.js';
import { version } from '../version.js';

/** Which figures there will be beside those of every evidence. */
export interface PictureParts {
  readonly fit?: boolean;
  readonly posterior?: boolean;
}

/** Where `--out` leads: a folder of pictures, or an archive of arrays, which only evidence has. */
export interface PictureTarget {
  readonly kind: 'folder' | 'archive';
  /** What would be written: for `outputsOf`, before the work. */
  readonly paths: readonly string[];
}

const jsonName = 'result.json';
/** The source as arrays, its image among them: what a later model may be adapted to. */
export const arraysName = 'source.npz';

/** A name that ends in .npz, or that of a file or pipe that is there, is an archive; any other is a folder. */
export async function pictureTarget(out: string, parts: PictureParts = {}): Promise<PictureTarget> {
  const existing = await stat(out).catch(() => undefined);
  const isFolder = existing?.isDirectory() ?? !/\.npz$/i.test(out);
  if (!isFolder) return { kind: 'archive', paths: [out] };
  const { reportPaths } = await import('@wtilde/figures');
  return { kind: 'folder', paths: [...reportPaths(parts), jsonName, arraysName].map((name) => join(out, name)) };
}

/** What goes into the folder. */
export interface Pictured extends Omit<Result, 'unit' | 'position'> {
  /** For the title and the HISTORY of FITS files. */
  readonly command: string;
  /** The path of the data: its last part is shown. */
  readonly data: string;
  /** The object of `--json`. */
  readonly json: object;
  /** What the page tells besides, as name and value. */
  readonly facts?: ReportOptions['facts'];
  /** The sentence on top of the page; by default the log evidence. */
  readonly verdict?: string | undefined;
}

/**
 * Writes the folder, all of it or nothing, and says what it wrote, in a sentence. Files of reruns need --force, as ever.
 */
export async function writePictures(
  folder: string,
  pictured: Pictured,
  options: PictureOptions,
  outputs: Outputs,
): Promise<string> {
  const pictures = await pictureFiles(pictured, options);
  const files: readonly FileContents[] = [
    ...pictures,
    { path: jsonName, bytes: new TextEncoder().encode(`${JSON.stringify(pictured.json)}\n`) },
  ].map(({ path, bytes }) => ({ path: join(folder, path), bytes }));
  await outputs.write((how) => writeFiles(files, how));
  return picturesTold(folder, pictures);
}

/** What was written, in a sentence. */
function picturesTold(folder: string, pictures: readonly FileContents[]): string {
  const images = pictures.filter(({ path }) => String(path).endsWith('.fits')).length;
  return `All pictures are on ${join(folder, 'index.html')}; beside it are ${images} FITS images, ${jsonName}, ${arraysName}, and the figures as SVG and PNG.`;
}

/** The files of the folder but result.json, by their paths in it. */
export async function pictureFiles(
  { command, data: path, json: _, facts, verdict, ...found }: Omit<Pictured, 'json'> & { readonly json?: object },
  { unit, phaseCentre }: PictureOptions,
): Promise<readonly { readonly path: string; readonly bytes: Uint8Array }[]> {
  const { createPngRenderer, reportFiles } = await import('@wtilde/figures/node');
  const position = phaseCentre === undefined ? undefined : { ra: phaseCentre[0], dec: phaseCentre[1] };
  const model = modelText(found.model);
  const data = basename(resolve(path));
  const pictures = reportFiles(
    { ...found, unit, position },
    {
      title: `wtilde ${command}: ${data}`,
      verdict,
      facts,
      listing: model.join('\n'),
      history: [`wtilde ${command} ${version()}`, `data ${data}`, ...model].map(ascii),
      otherFiles: [
        [jsonName, 'the result, as --json prints it'],
        [arraysName, 'source pixels, their noise and mesh, as arrays'],
      ],
      png: await createPngRenderer(),
    },
  );
  return [...pictures, { path: arraysName, bytes: writeNpz(sourceFields(found.evidence)) }];
}

function modelText({ lens, mesh, regularization }: Result['model']): readonly string[] {
  return [
    `lens ${JSON.stringify(lens)}`,
    `mesh ${JSON.stringify(mesh.type === 'points' ? { ...mesh, points: `${mesh.points.shape[0]} points` } : mesh)}`,
    `regularization ${JSON.stringify(regularization)}`,
  ];
}

/** The source as arrays. */
export function sourceFields(found: Evidence): Fields {
  const { mapper, imageMesh, reconstruction } = found;
  return {
    reconstruction,
    reconstruction_noise_map: found.reconstructionNoiseMap(),
    mapped_reconstructed_image: found.mappedReconstructedImage(),
    mesh_vertices: mapper.vertices,
    // What a mesh of points can be made of again.
    ...(imageMesh === undefined ? {} : { image_plane_mesh_grid: imageMesh }),
    ...(mapper.zeroedPixels === undefined ? {} : { zeroed_pixels: mapper.zeroedPixels }),
    neighbors: mapper.neighbors,
    neighbors_sizes: mapper.neighborsSizes,
    log_evidence: real([found.logEvidence], []),
    ...(found.antennaGains && gainEstimateFields(found.antennaGains())),
  };
}

/** FITS takes no other characters. */
function ascii(line: string): string {
  return line.replace(/[^ -~]/g, '?');
}
