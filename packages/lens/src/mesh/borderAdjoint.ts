import type { NdArray } from '@wtilde/core-types';
import type { BorderEllipse } from './border.js';

/** Adds up what derivatives by the centre, the half axes and the angle of an ellipse are. */
interface EllipseSums {
  y: number;
  x: number;
  along: number;
  across: number;
  angle: number;
}

/** The way back from points that were drawn to a border to where they were, the border moving along. */
export interface BorderAdjoint {
  /** (P, 2) by the points before, from derivatives by the moved ones; what comes through the border is kept for `end`. */
  pull(points: NdArray<'real'>, byMoved: NdArray<'real'>): Float64Array;
  /** Adds what came through the border to the derivatives (M, 2) by the traced grid. */
  end(byGrid: Float64Array): void;
}

/**
 * The adjoint of `relocated` with the ellipse of a traced grid (M, 2) and its border pixels.
 *
 * Exact while the same points lie outside and the same border pixels reach furthest along the axes; 0 by the angle where the
 * border spreads alike in all directions.
 */
export function borderAdjoint(ellipse: BorderEllipse, grid: NdArray<'real'>, border: Int32Array): BorderAdjoint {
  const { centre, along, across, angle } = ellipse;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const sums: EllipseSums = { y: 0, x: 0, along: 0, across: 0, angle: 0 };
  const offset = (points: Float64Array, at: number) => {
    const [dy, dx] = [points[2 * at] - centre[0], points[2 * at + 1] - centre[1]];
    return { dy, dx, u: cosine * dx + sine * dy, v: cosine * dy - sine * dx };
  };
  return {
    pull(points, byMoved) {
      const by = byMoved.data.slice();
      for (let at = 0; at < points.shape[0]; at++) {
        const { dy, dx, u, v } = offset(points.data, at);
        const q = (u / along) ** 2 + (v / across) ** 2;
        if (!(q > 1)) continue;
        const [gy, gx] = [by[2 * at], by[2 * at + 1]];
        // moved = centre + d / sqrt(q)
        const byQ = (-(gy * dy + gx * dx) / 2) * q ** -1.5;
        const [byU, byV] = [(2 * byQ * u) / along ** 2, (2 * byQ * v) / across ** 2];
        by[2 * at] = gy / Math.sqrt(q) + sine * byU + cosine * byV;
        by[2 * at + 1] = gx / Math.sqrt(q) + cosine * byU - sine * byV;
        sums.y += gy - by[2 * at];
        sums.x += gx - by[2 * at + 1];
        sums.along -= (byU * u) / along;
        sums.across -= (byV * v) / across;
        sums.angle += byU * v - byV * u;
      }
      return by;
    },
    end(byGrid) {
      let [furthestAlong, furthestAcross] = [border[0], border[0]];
      let [yy, xy, xx] = [0, 0, 0];
      for (const pixel of border) {
        const { dy, dx, u, v } = offset(grid.data, pixel);
        if (Math.abs(u) > Math.abs(offset(grid.data, furthestAlong).u)) furthestAlong = pixel;
        if (Math.abs(v) > Math.abs(offset(grid.data, furthestAcross).v)) furthestAcross = pixel;
        yy += dy * dy;
        xy += dx * dy;
        xx += dx * dx;
      }
      const add = (pixel: number, byY: number, byX: number) => {
        byGrid[2 * pixel] += byY;
        byGrid[2 * pixel + 1] += byX;
        sums.y -= byY;
        sums.x -= byX;
      };
      const reach = offset(grid.data, furthestAlong);
      const byU = sums.along * Math.sign(reach.u);
      add(furthestAlong, sine * byU, cosine * byU);
      const width = offset(grid.data, furthestAcross);
      const byV = sums.across * Math.sign(width.v);
      add(furthestAcross, cosine * byV, -sine * byV);
      const byAngle = sums.angle + byU * reach.v - byV * width.u;
      const squared = (xx - yy) ** 2 + 4 * xy * xy;
      if (angle !== 0 && squared > 0) {
        const byProduct = (byAngle * (xx - yy)) / (2 * squared);
        const byDifference = (-byAngle * 2 * xy) / (2 * squared);
        for (const pixel of border) {
          const { dy, dx } = offset(grid.data, pixel);
          add(pixel, 2 * (byProduct * dx - byDifference * dy), 2 * (byProduct * dy + byDifference * dx));
        }
      }
      for (const pixel of border) {
        byGrid[2 * pixel] += sums.y / border.length;
        byGrid[2 * pixel + 1] += sums.x / border.length;
      }
    },
  };
}
