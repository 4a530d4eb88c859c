import type { Sizes } from '@wtilde/core-types';
import type { Lease } from '../device/bufferPool.js';
import { linearGroups, type Step, step } from '../device/program.js';
import { columnImages, pixelsOfImages, zeros } from '../programs/columnImages.js';
import { displacementImagePrograms } from '../programs/displacementImage.js';
import { columnsAtOnce, fftRows, filterColumns, lineGroups, spectrumOfColumns } from '../programs/fft.js';
import { linePoints } from '../wgsl/fftLines.js';
import type { Displacements } from './displacements.js';
import type { Strategy } from './operatorMethod.js';

/** T^t W by Fourier transforms, two columns of T in each: the spectrum of W is real. */
export const packedFft = (displacements: Displacements): Strategy => ({
  cost(sizes) {
    const { M, B, S } = sizes;
    const { rows, length, width } = grid(displacements, sizes);
    const lines = 10 * width * (rows * Math.log2(width) + length * Math.log2(length));
    return { flops: (S / 2) * lines, bytes: 4 * length * width + 12 * M * B };
  },
  refusal(sizes) {
    const { length, width } = grid(displacements, sizes);
    return length > linePoints || width > linePoints
      ? `lines of ${Math.max(length, width)} are longer than the ${linePoints} that a workgroup can transform`
      : undefined;
  },
  words(sizes) {
    const { rows, length, width } = grid(displacements, sizes);
    return {
      spectrum: length * width,
      'the transformed table': 2 * length * width,
      'a pair of columns': 2 * rows * width,
      mapping: 2 * sizes.M * sizes.B,
    };
  },
  async prepare(scope, { table }, sizes) {
    const { rows, columns, length, width } = grid(displacements, sizes);
    const spectrum = scope.result('real', [length, width], table.exponent);
    const image = scope.scratch('the transformed table', 2 * length * width);
    const [tableRows, tableColumns] = displacements.shape(sizes);
    await scope.submit('spectrum', [
      step(
        displacementImagePrograms[displacements.lookup],
        { rows: length, columns: width, extentRows: rows, extentColumns: columns, tableRows, tableColumns },
        { table: scope.borrow(table), out: image },
        linearGroups(length * width),
      ),
      transform(image, length * width, width, 0),
      step(spectrumOfColumns, { length, columns: width }, { image, spectrum: scope.borrow(spectrum) }, [
        Math.ceil(width / columnsAtOnce(length)),
      ]),
    ]);
    return { spectrum };
  },
  left(scope, { table, native, spectrum }, T, sizes, memory) {
    const { rows, length, width } = grid(displacements, sizes);
    const positions = scope.borrow(native);
    const filter = scope.borrow(spectrum);
    const words = rows * width;
    return {
      exponent: table.exponent + T.exponent,
      pace: 2,
      wordsPerRow: words,
      left(first, count, P): readonly Step[] {
        const pairs = Math.ceil(count / 2);
        const images = memory('images', 2 * pairs * words);
        return [
          step(zeros, { words: 2 * pairs * words }, { out: images }, linearGroups(2 * pairs * words)),
          step(
            columnImages,
            { first, pixels: count, rows, columns: width },
            { ...T.buffers, native: positions, images },
            linearGroups(count),
          ),
          transform(images, pairs * words, width, 0),
          step(filterColumns, { rows, columns: width, length }, { images, spectrum: filter }, [
            Math.ceil(width / columnsAtOnce(length)),
            pairs,
          ]),
          transform(images, pairs * words, width, 1),
          step(
            pixelsOfImages,
            { pixels: count, imagePixels: sizes.M, rows, columns: width },
            { images, native: positions, out: P },
            linearGroups(count * sizes.M),
          ),
        ];
      },
    };
  },
});

function transform(lines: Lease, points: number, length: number, inverse: 0 | 1): Step {
  return step(fftRows, { points, length, inverse }, { lines }, lineGroups(points));
}

/** The image and what it is continued to, so that displacements do not run into each other. */
function grid(displacements: Displacements, sizes: Sizes) {
  const [rows, columns] = displacements.extent(sizes);
  const continued = (extent: number) => 2 ** Math.ceil(Math.log2(Math.max(2 * extent - 1, 2)));
  return { rows, columns, length: continued(rows), width: continued(columns) };
}
