import { type NdArray, real, WtildeError } from '@wtilde/core-types';
import { flipped, orientationOf } from '@wtilde/data';
import { readFitsImageFile } from '@wtilde/data/node';

/**
 * An image of a file, North up and East to the right, and the side of its pixels in arcsec where the file tells. Its world
 * coordinates say how it lies, where it has any; else its first row is on top, as PyAutoLens writes it. `--mask-origin`
 * decides about the rows.
 *
 * @throws InvalidOption where its pixels have another size than those asked for.
 */
export async function skyImage(
  path: string,
  origin: 'top' | 'bottom' | undefined,
  asked: number | undefined,
): Promise<{ readonly image: NdArray<'real'>; readonly pixelScale: number | undefined }> {
  const { image, header } = await readFitsImageFile(path);
  const drawn = withoutLeadingAxes(image);
  const sky = drawn.shape.length === 2 ? orientationOf(header, drawn.shape, path) : undefined;
  if (asked !== undefined && sky !== undefined && Math.abs(asked / sky.pixelScale - 1) > 0.01) {
    throw otherPixels(path, asked, sky.pixelScale);
  }
  const fromBottom = origin === undefined ? sky?.rowsFromSouth === true : origin === 'bottom';
  const fromEast = sky?.columnsFromEast === true;
  const turned = fromBottom || fromEast ? flipped(drawn, fromBottom, fromEast) : drawn;
  return { image: turned, pixelScale: sky?.pixelScale };
}

/** Radio images have axes for frequency and polarization before those of the sky, of extent 1 where there is one image. */
function withoutLeadingAxes(image: NdArray<'real'>): NdArray<'real'> {
  const extra = image.shape.slice(0, -2);
  return extra.every((extent) => extent === 1) ? real(image.data, image.shape.slice(extra.length)) : image;
}

function otherPixels(path: string, asked: number, found: number): WtildeError {
  return new WtildeError('InvalidOption', {
    what: 'the pixels of the image have another size',
    where: path,
    expected: `${asked} arcsec, as --pixel-scale says`,
    actual: `${Number(found.toPrecision(6))} arcsec, as its header says`,
    remedy: 'leave --pixel-scale out, or regrid the image',
  });
}
