import { describe, expect, it } from 'vitest';
import {
  convolutionCost,
  curvatureDirectCost,
  curvatureFftCost,
  directSumsCost,
  displacementTableCost,
  gatherCost,
  latticeSumsCost,
  nufftDisplacementTableCost,
  nufftLatticeCost,
  wTildeExpandCost,
  wTildePointsCost,
} from '../../src/fourier/costs.js';

describe('the costs', () => {
  it('choose for W what is faster: products for few visibilities, the NUFFT for many', () => {
    expect(displacementTableCost(190, 30, 30)).toBeLessThan(nufftDisplacementTableCost(190, 30, 30, 1e-12));
    for (const [visibilities, n] of [
      [1e4, 100],
      [1e6, 140],
      [1e7, 300],
    ]) {
      const nufft = nufftDisplacementTableCost(visibilities, n, n, 1e-12);
      expect(nufft).toBeLessThan(displacementTableCost(visibilities, n, n));
      expect(nufftLatticeCost(visibilities, n, n, 1e-12)).toBeLessThan(latticeSumsCost(visibilities, n, n));
    }
    expect(latticeSumsCost(190, 30, 30)).toBeLessThan(directSumsCost(190, 716));
    expect(wTildeExpandCost(716)).toBeLessThan(wTildePointsCost(190, 716));
  });

  it('cross from convolution to FFT at some hundred non-zeros per column', () => {
    for (const n of [30, 100, 300]) {
      const imagePixels = Math.round(0.785 * n * n);
      const crossing = [...Array(1000).keys()].find((perColumn) => {
        const sizes = { imagePixels, pixels: 100, nonZeros: 100 * perColumn };
        return curvatureFftCost(sizes, n, n) < convolutionCost(sizes);
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
      expect(convolutionCost(sizes)).toBeLessThan(gatherCost(sizes));
      expect(gatherCost(sizes)).toBeLessThan(curvatureDirectCost(sizes));
    }
  });

  it('are finite for nothing at all', () => {
    const none = { imagePixels: 0, pixels: 0, nonZeros: 0 };
    for (const cost of [convolutionCost(none), curvatureFftCost(none, 1, 1), nufftLatticeCost(0, 1, 1, 1e-9)]) {
      expect(cost).toBeGreaterThan(0);
      expect(cost).toBeLessThan(1e7);
    }
  });
});
