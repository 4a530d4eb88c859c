import { program } from '../device/program.js';
import { fftGroup, fftLines, linePoints } from '../wgsl/fftLines.js';

const lanes = /* wgsl */ `@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32`;

/** Workgroups for `points` points of consecutive lines. */
export function lineGroups(points: number): readonly [number, number] {
  const groups = Math.ceil(points / linePoints);
  const columns = Math.min(groups, 2 ** 15);
  return [columns, Math.ceil(groups / columns)];
}

/** Columns that a workgroup transforms together. */
export function columnsAtOnce(length: number): number {
  return linePoints / length;
}

/**
 * Transforms the lines of `length` points that follow each other, in place.
 * Buffers: lines. Dispatched over `lineGroups(points)`.
 */
export const fftRows = program({
  label: 'Fourier transform of rows',
  params: ['points', 'length', 'inverse'],
  reads: {},
  writes: { lines: 'vec2f' },
  wgsl: /* wgsl */ `
${fftLines}
@compute @workgroup_size(${fftGroup})
fn main(${lanes}) {
  let start = (group.y * groups.x + group.x) * ${linePoints}u;
  for (var i = local; i < ${linePoints}u; i += ${fftGroup}u) {
    points[i] = vec2f();
    if (start + i < params.points) { points[i] = lines[start + i]; }
  }
  workgroupBarrier();
  transformLines(params.length, params.inverse == 1u, local);
  for (var i = local; i < ${linePoints}u && start + i < params.points; i += ${fftGroup}u) {
    lines[start + i] = points[i];
  }
}
`,
});

/**
 * Filters every column of images (images, rows, columns), continued by zeros to `length` rows: transformed, multiplied by
 * the spectrum, transformed back, of which the first `rows` are kept. A workgroup has as many columns as fit it.
 * Buffers: images; spectrum (length, columns). Dispatched over columns /
 * `columnsAtOnce(length)`, images.
 */
export const filterColumns = program({
  label: 'filter of columns',
  params: ['rows', 'columns', 'length'],
  reads: { spectrum: 'f32' },
  writes: { images: 'vec2f' },
  wgsl: /* wgsl */ `
${fftLines}
@compute @workgroup_size(${fftGroup})
fn main(${lanes}) {
  let together = ${linePoints}u / params.length;
  let first = group.x * together;
  let image = group.y * params.rows * params.columns;
  // Neighbouring invocations have neighbouring columns.
  for (var i = local; i < ${linePoints}u; i += ${fftGroup}u) {
    let y = i / together;
    let x = first + i % together;
    var value = vec2f();
    if (y < params.rows && x < params.columns) { value = images[image + y * params.columns + x]; }
    points[i % together * params.length + y] = value;
  }
  workgroupBarrier();
  transformLines(params.length, false, local);
  for (var i = local; i < ${linePoints}u; i += ${fftGroup}u) {
    let x = first + i % together;
    if (x < params.columns) {
      points[i % together * params.length + i / together] *= spectrum[i / together * params.columns + x];
    }
  }
  workgroupBarrier();
  transformLines(params.length, true, local);
  for (var i = local; i < together * params.rows; i += ${fftGroup}u) {
    let x = first + i % together;
    if (x < params.columns) {
      images[image + i / together * params.columns + x] = points[i % together * params.length + i / together];
    }
  }
}
`,
});

/**
 * The end of the spectrum of an even table: its columns transformed, of which only the real part is not zero, over the
 * number of points, as the way back is not normalised.
 * Buffers: image (length, columns); spectrum (length, columns). Dispatched over columns /
 * `columnsAtOnce(length)`.
 */
export const spectrumOfColumns = program({
  label: 'spectrum of columns',
  params: ['length', 'columns'],
  reads: { image: 'vec2f' },
  writes: { spectrum: 'f32' },
  wgsl: /* wgsl */ `
${fftLines}
@compute @workgroup_size(${fftGroup})
fn main(${lanes}) {
  let together = ${linePoints}u / params.length;
  let first = group.x * together;
  for (var i = local; i < ${linePoints}u; i += ${fftGroup}u) {
    let x = first + i % together;
    var value = vec2f();
    if (x < params.columns) { value = image[i / together * params.columns + x]; }
    points[i % together * params.length + i / together] = value;
  }
  workgroupBarrier();
  transformLines(params.length, false, local);
  let scale = 1f / f32(params.length * params.columns);
  for (var i = local; i < ${linePoints}u; i += ${fftGroup}u) {
    let x = first + i % together;
    if (x < params.columns) {
      spectrum[i / together * params.columns + x] = scale * points[i % together * params.length + i / together].x;
    }
  }
}
`,
});
