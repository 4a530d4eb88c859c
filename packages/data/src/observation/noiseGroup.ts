/** What the noise of an antenna or a baseline is, against what the weights say. */
export interface NoiseGroup {
  /** An antenna, or a baseline as `A-B`; with `:2` behind it in the second subarray. */
  readonly name: string;
  /** Standard deviation from differences over 1 / sqrt(weight). That of a baseline is the product over its antennas. */
  readonly ratio: number;
  /** Differences that it is made of. */
  readonly differences: number;
}
