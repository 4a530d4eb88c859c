/** Flags of the WebGPU specification; as globals they exist in browsers only. */
const mapRead = 0x1;
const copySource = 0x4;
const copyDestination = 0x8;
const uniform = 0x40;
const storage = 0x80;

/** What a buffer is for: arrays and parameters of programs, or the way back to the host. */
export const usage = {
  device: storage | uniform | copySource | copyDestination,
  readback: mapRead | copyDestination,
} as const;

export type Usage = keyof typeof usage;

export const mapModeRead = 0x1;
