/** Bytes that can be read anywhere, again and again. */
export interface ByteSource {
  open(): Promise<OpenBytes>;
}

export interface OpenBytes {
  readonly size: number;
  /** The bytes from there on, fewer where they end; they may be overwritten by the next call. */
  fetch(at: number, length: number): Promise<Uint8Array>;
  /** All those bytes; they may be overwritten by the next call. Throws FileUnreadable where a file has become shorter. */
  fetchAll(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Bytes at hand. */
export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  const fetch = async (at: number, length: number) => bytes.subarray(at, at + length);
  return { open: async () => ({ size: bytes.length, fetch, fetchAll: fetch, close: async () => {} }) };
}
