import { describe, expect, it } from 'vitest';
import {
  convolutionCost,
  curvatureDirectCost,
  curvatureFftCost,
  denseMappingCost,
  denseWScanCost,
  gatherCost,
} from '../src/costs/curvatures.js';
import {
  directSumsCost,
  displacementTableCost,
  latticeSumsCost,
  nufftCost,
  nufftDisplacementTableCost,
  wTildeExpandCost,
  wTildePointsCost,
} from '../src/costs/transforms.js';

const lattice = (visibilities: number, side: number, tolerance: number) => ({
  modesX: side,
  modesY: side,
  real: false,
  tolerance,
  visibilities,
});

describe('the costs', () => {
  it('choose for W what is faster: products for few visibilities, the NUFFT for many', () => {
    expect(displacementTableCost(190, 30, 30).time).toBeLessThan(nufftDisplacementTableCost(190, 30, 30, 1e-12).time);
    for (const [visibilities, n] of [
      [1e4, 100],
      [1e6, 140],
      [1e7, 300],
    ]) {
      const nufft = nufftDisplacementTableCost(visibilities, n, n, 1e-12).time;
      expect(nufft).toBeLessThan(displacementTableCost(visibilities, n, n).time);
      expect(nufftCost(lattice(visibilities, n, 1e-12)).time).toBeLessThan(latticeSumsCost(visibilities, n, n).time);
    }
    expect(latticeSumsCost(190, 30, 30).time).toBeLessThan(directSumsCost(190, 716).time);
    expect(wTildeExpandCost(716).time).toBeLessThan(wTildePointsCost(190, 716).time);
  });

  it('cross from convolution to FFT at some hundred non-zeros per column', () => {
    for (const n of [30, 100, 300]) {
      const imagePixels = Math.round(0.785 * n * n);
      const crossing = [...Array(1000).keys()].find((perColumn) => {
        const sizes = { imagePixels, pixels: 100, nonZeros: 100 * perColumn };
        return curvatureFftCost(sizes, n, n).time < convolutionCost(sizes).time;
      });
      expect(crossing).toBeGreaterThan(150);
      expect(crossing).toBeLessThan(450);
    }
  });

  it('never prefer the plainer forms of F where the better one was measured faster', () => {
    for (const [imagePixels, pixels] of [
      [716, 540],
      [7860, 1000],
    ]) {
      const sizes = { imagePixels, pixels, nonZeros: 3 * imagePixels };
      expect(convolutionCost(sizes).time).toBeLessThan(gatherCost(sizes).time);
      expect(gatherCost(sizes).time).toBeLessThan(curvatureDirectCost(sizes).time);
    }
  });

  it('take the sparse route from a dense T that is not nearly full', () => {
    for (const [imagePixels, pixels] of [
      [716, 540],
      [716, 64],
      [300, 540],
    ]) {
      const withDensity = (density: number) => ({ imagePixels, pixels, nonZeros: density * imagePixels * pixels });
      expect(denseWScanCost(withDensity(0.4)).time).toBeLessThan(denseMappingCost(withDensity(0.4)).time);
      expect(denseWScanCost(withDensity(0.9)).time).toBeGreaterThan(denseMappingCost(withDensity(0.9)).time);
    }
  });

  it('are finite for nothing at all', () => {
    const none = { imagePixels: 0, pixels: 0, nonZeros: 0 };
    for (const { time } of [convolutionCost(none), curvatureFftCost(none, 1, 1), nufftCost(lattice(0, 1, 1e-9))]) {
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThan(1e7);
    }
  });
});
