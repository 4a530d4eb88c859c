/** What a kernel does, as NumPy or FINUFFT do it. */
export type PeerProblem =
  | { readonly name: string; readonly kind: 'cholesky' | 'products'; readonly order: number }
  | {
      readonly name: string;
      readonly kind: 'wCompact';
      readonly gridSize: number;
      readonly visibilities: number;
      readonly tolerance: number;
    };
