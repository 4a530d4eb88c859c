import { geometryOf, type Mask2D } from '@wtilde/lens';

/** Signs across, at most; a sign is about twice as high as it is wide. */
const widest = 48;

/** Where the open pixels of a mask are: their number, and the mean of their centres (y, x) in arcsec. */
export function maskFacts(mask: Mask2D) {
  const { pixels, grid, shapeNative } = geometryOf(mask);
  let [y, x] = [0, 0];
  for (let at = 0; at < grid.data.length; at += 2) {
    y += grid.data[at] / pixels;
    x += grid.data[at + 1] / pixels;
  }
  return { pixels, shape: shapeNative, pixelScale: mask.pixelScale, centre: [y, x] };
}

/** A picture of a mask, North up and East to the right: `#` open, `+` open in part, `.` masked. */
export function maskPicture(mask: Mask2D): string {
  const { pixels, centre, pixelScale } = maskFacts(mask);
  const [rows, columns] = mask.mask.shape;
  const across = Math.max(1, Math.ceil(columns / widest));
  const down = 2 * across;
  const lines: string[] = [];
  for (let top = 0; top < rows; top += down) {
    let line = '';
    for (let left = 0; left < columns; left += across) line += signOf(mask, [top, left], [down, across]);
    lines.push(line);
  }
  const at = centre.map((each) => `${Number(each.toPrecision(3))}"`).join(', ');
  return [
    `mask: ${pixels} of ${rows * columns} pixels of ${pixelScale}" are open, on average at (y, x) = ${at}`,
    'North (y) up, East (x) to the right',
    ...lines,
  ].join('\n');
}

function signOf(
  { mask }: Mask2D,
  [top, left]: readonly [number, number],
  [down, across]: readonly [number, number],
): string {
  const [rows, columns] = mask.shape;
  let [open, all] = [0, 0];
  for (let row = top; row < Math.min(top + down, rows); row++) {
    for (let column = left; column < Math.min(left + across, columns); column++) {
      all += 1;
      if (mask.data[row * columns + column] === 0) open += 1;
    }
  }
  return open === 0 ? '.' : open === all ? '#' : '+';
}
