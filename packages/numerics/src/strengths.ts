/**
 * Strengths of the visibilities, made block by block so that nothing of length K is ever held.
 *
 * Every transform from visibilities to the image is sum_k Re(q_k exp(i phi_k)) with its own q_k:
 *
 * | kernel | q_k |
 * |---|---|
 * | W (#4, #5, #6) | n_k^-2 |
 * | w_tilde_data (#3) | (n_k^2 / visibilitiesReal_k)^2 |
 * | dirty image (#22) | Re(v_k) / Re(n_k)^2 + i Im(v_k) / Im(n_k)^2 |
 */
export interface Strengths {
  /** K. */
  readonly length: number;
  /** False when every imaginary part is zero; `fill` then leaves `im` alone. */
  readonly complex: boolean;
  /** Where q_k = 1 / n_k^2: n, from which compiled code makes them faster than `fill`. */
  readonly noise?: Float64Array;
  /** Writes q_first to q_(first + count - 1) to the start of `re` and `im`. */
  readonly fill: (first: number, count: number, re: Float64Array, im: Float64Array) => void;
}

/** q_k = w_k = 1 / n_k^2, from the real noise (K). */
export function weightStrengths(noiseMapReal: Float64Array): Strengths {
  return {
    length: noiseMapReal.length,
    complex: false,
    noise: noiseMapReal,
    fill(first, count, re) {
      for (let k = 0; k < count; k++) {
        const noise = noiseMapReal[first + k];
        re[k] = 1 / (noise * noise);
      }
    },
  };
}

/** q_k = (n_k^2 / visibilitiesReal_k)^2, upstream's w_tilde_data. A zero visibility gives infinity. */
export function wTildeDataStrengths(visibilitiesReal: Float64Array, noiseMapReal: Float64Array): Strengths {
  return {
    length: noiseMapReal.length,
    complex: false,
    fill(first, count, re) {
      for (let k = 0; k < count; k++) {
        const noise = noiseMapReal[first + k];
        const root = (noise * noise) / visibilitiesReal[first + k];
        re[k] = root * root;
      }
    },
  };
}

/**
 * q_k = Re(v_k) / Re(n_k)^2 + i Im(v_k) / Im(n_k)^2, so that Re(q e^(i phi)) is the dirty image's
 * Re(v) / Re(n)^2 cos(phi) - Im(v) / Im(n)^2 sin(phi).
 *
 * @param data interleaved re, im (2 K)
 * @param noiseMap interleaved re, im (2 K)
 */
export function dirtyImageStrengths(data: Float64Array, noiseMap: Float64Array): Strengths {
  return {
    length: data.length / 2,
    complex: true,
    fill(first, count, re, im) {
      for (let k = 0, i = 2 * first; k < count; k++, i += 2) {
        re[k] = data[i] / (noiseMap[i] * noiseMap[i]);
        im[k] = data[i + 1] / (noiseMap[i + 1] * noiseMap[i + 1]);
      }
    },
  };
}
