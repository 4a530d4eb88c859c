/** The texts of --help that are longer than a line. */
import { allKernels } from '@wtilde/core-types';

export const description = `Radio-interferometer strong-lens source inversion: the same kernels on
interchangeable backends, proven equal to each other.`;

export const inputs = 'the input arrays (default: the bundled dataset)';
export const maxBytes = 'refuse arrays larger than this together (default: 2 GiB)';

export const program = `
Examples:
  $ wtilde likelihood                         the bundled dataset on every backend
  $ wtilde likelihood --inputs dataset.npz    your own
  $ wtilde kernel mapping_matrix_from --inputs dataset.npz --out T.npz
  $ wtilde backends

Files: what exists is replaced with --force only, and what a command reads never;
links are written through, pipes and devices written into.

Exit codes:
  0  fine
  1  backends disagree by more than float64 allows
  2  bad input, or something asked for is not available or cannot be written`;

const fileFormat = `
Inputs are arrays of a .npz file (numpy.savez) under the argument names of
python-autojax, such as uv_wavelengths, with or without the prefix in.; names
that begin with out. are results and never read. An input that is itself the
result of a kernel (w_compact, mapping_matrix, dirty_image, ...) and is not in
the file is computed first.`;

export const likelihoodDescription = `Log evidence of a dataset with every term, on each backend alone, and the spread
(largest minus smallest) over the float64 backends. Exit code 1 when the spread
exceeds what float64 allows.`;

export const likelihood = `${fileFormat}

Needed: data, noise_map, uv_wavelengths, grid_size, pixel_scale,
native_index_for_slim_index, pix_indexes_for_sub_slim_index,
pix_weights_for_sub_slim_index, pixels, neighbors, neighbors_sizes and either
dirty_image or grid_radians_slim. coefficient is 1 where it is not there.
w_tilde_preload or w_tilde do instead of grid_size and pixel_scale.

The time is that of a repeated likelihood after one to warm up; W, the dirty
image and whatever else a dataset needs once are timed apart.

Examples:
  $ wtilde likelihood
  $ wtilde likelihood --inputs dataset.npz --backend loops
  $ wtilde likelihood --inputs dataset.npz --backend loops --backend reference --json

The JSON object:
  { "backends": [{ "id", "precision", "simd", "logEvidence", "terms": {...}, "ms" }], "spread" }`;

export const kernelDescription = `Runs one kernel and prints what its result is like, writes it with --out, or
times it with --repeat.`;

export function kernel(): string {
  const names = allKernels().map(({ upstream, name }) => `  ${upstream}\n      ${name}`);
  return `${fileFormat}
What is computed first is computed by the backend loops.

Without --backend, WTILDE_DEFAULT_BACKEND names the backend and WTILDE_FALLBACK
those to try where it does not have the kernel.

With --repeat the output is { "median_ms", "min_ms", "method" } of plain calls
with the option check: 'shapes', after calls to warm up.

Examples:
  $ wtilde kernel w_compact_curvature_interferometer_from --inputs dataset.npz --out W.npz
  $ wtilde kernel dataVectorFrom --inputs dataset.npz --backend reference
  $ wtilde kernel w_compact_curvature_interferometer_from --repeat 20

Kernels, by upstream name and ours:
${names.join('\n')}`;
}

export const backendsDescription = `Every backend that wtilde knows: its precision, whether it is available and why
not, its kernels and their methods.`;

export const backends = `
Examples:
  $ wtilde backends
  $ wtilde backends --json`;

export const diffDescription = `Which kernels backends have and have not, of two or of all that are installed,
and where signatures differ from python-autojax.`;

export const diff = `
Examples:
  $ wtilde diff
  $ wtilde diff reference loops`;

export const force = 'replace files that exist';
export const noise = 'rms: use the root mean square where the noise of real and imaginary part differ';
export const strict = 'make warnings errors';

export const data = 'folder of data.fits, noise_map.fits and uv_wavelengths.fits, or a file of wtilde prepare';
export const mesh = 'the source pixels: overlay:ROWSxCOLUMNS (Delaunay) or rectangular:ROWSxCOLUMNS';

export const evidenceDescription = `The log evidence of a lens model and the source that it takes: masks, ray-traces,
meshes, maps and inverts the visibilities of three FITS files.`;

export const evidence = `
lens.json holds mass profiles; lengths are in arcsec, a centre is [y, x], angles
are in degrees counter-clockwise from the x axis:
  { "mass": [{ "type": "Isothermal", "centre": [0, 0], "einsteinRadius": 1.6,
               "axisRatio": 0.9, "angle": 45 },
             { "type": "ExternalShear", "gamma1": 0.02, "gamma2": -0.01 }] }

Examples:
  $ wtilde evidence --data sma --mask-radius 3 --pixel-scale 0.2 --shape 100 \\
      --lens lens.json --mesh overlay:26x26 --regularization constant:1
  $ wtilde evidence --data sma.npz --lens lens.json --json

The JSON object:
  { "logEvidence", "terms": {...}, "ms", "prepareMs", "parts": {...},
    "sourcePixels", "ran": [{ "kernel", "backend", "precision", "simd", "method" }] }
With a file of wtilde prepare, "readMs" stands for "prepareMs".`;

export const prepareDescription = `Sums visibilities into W and the dirty image, in one pass whose memory does not
grow with their number. The file makes every later evidence start at once.`;

export const prepare = `
Example:
  $ wtilde prepare --data alma --mask-radius 3 --pixel-scale 0.05 --shape 200 \\
      --out alma.npz`;

export const simulateDescription = `What an interferometer sees of a lensed source: visibilities with normal noise.`;

export const simulate = `
lens.json holds mass and light profiles:
  { "mass": [{ "type": "IsothermalSph", "einsteinRadius": 1.2 }],
    "light": [{ "type": "Sersic", "intensity": 1, "effectiveRadius": 0.3,
                "sersicIndex": 1 }] }

Example:
  $ wtilde simulate --lens lens.json --out simulated --mask-radius 3 \\
      --pixel-scale 0.1 --shape 100 --array alma --visibilities 5000 --noise 2`;

export const inputsDescription = `Writes everything that the kernels take for a dataset and a lens model, under the
argument names of python-autojax.`;

export const infoDescription = `What is in the three FITS files of a dataset: how many visibilities, how long the
baselines, how large the noise, and what pixels suit them.`;

export const benchDescription = `Measures every kernel, method and backend, each backend in a process of its own;
results are validated before and after they are timed.`;

export const bench = `
Examples:
  $ wtilde bench --size test --backend loops --backend wasm
  $ wtilde bench --scaling --json before.json --html report.html
  $ wtilde bench --compare before.json after.json`;
