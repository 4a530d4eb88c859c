import type { OpenGpu } from './openGpu.ts';

/** What a GPU can do at most, measured by two plain programs. */
export interface GpuCeilings {
  /** Of fused multiply-adds in registers, two operations each. */
  readonly flopsPerSecond: number;
  /** Of a copy, what is read and what is written. */
  readonly bytesPerSecond: number;
}

const groupSize = 256;
const chains = 16;

/** Chains of multiply-adds that no compiler can shorten: what they multiply by comes from memory. */
const multiplyAdds = /* wgsl */ `
struct Params { rounds: u32, scale: f32, shift: f32 }
@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(${groupSize})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var x: array<vec4f, ${chains / 4}>;
  for (var i = 0u; i < ${chains / 4}u; i++) { x[i] = vec4f(f32(id.x + i)); }
  let scale = vec4f(params.scale);
  let shift = vec4f(params.shift);
  for (var round = 0u; round < params.rounds; round++) {
    ${Array.from({ length: chains / 4 }, (_, i) => `x[${i}] = fma(x[${i}], scale, shift);`).join('\n    ')}
  }
  var sum = vec4f();
  for (var i = 0u; i < ${chains / 4}u; i++) { sum += x[i]; }
  out[id.x] = dot(sum, vec4f(1f));
}
`;

const copy = /* wgsl */ `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4f>;
@compute @workgroup_size(${groupSize})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u,
        @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * ${groupSize}u + local;
  if (i < arrayLength(&source)) { out[i] = source[i]; }
}
`;

/**
 * Both ceilings. Work doubles until a run takes `leastMs`, so that a software driver is done as soon as a GPU.
 *
 * @param most bytes of the arrays that are copied
 */
export async function gpuCeilings(gpu: OpenGpu, leastMs = 40, most = 2 ** 28): Promise<GpuCeilings> {
  return { flopsPerSecond: await peakFlops(gpu, leastMs), bytesPerSecond: await peakBytes(gpu, leastMs, most) };
}

async function peakFlops({ device, timed }: OpenGpu, leastMs: number): Promise<number> {
  const usage = { uniform: 0x40 | 0x8, storage: 0x80 };
  const pipeline = await pipelineOf(device, multiplyAdds);
  let best = 0;
  for (let [groups, rounds] = [64, 64]; ; ) {
    const params = device.createBuffer({ size: 16, usage: usage.uniform });
    const out = device.createBuffer({ size: 4 * groups * groupSize, usage: usage.storage });
    const words = new DataView(new ArrayBuffer(16));
    words.setUint32(0, rounds, true);
    words.setFloat32(4, 0.999999, true);
    words.setFloat32(8, 1e-6, true);
    device.queue.writeBuffer(params, 0, words.buffer);
    const ms = await timed(pipeline, [params, out], [groups]);
    for (const buffer of [params, out]) buffer.destroy();
    best = Math.max(best, (2 * chains * groups * groupSize * rounds) / (ms / 1000));
    if (ms >= leastMs) return best;
    if (groups < 4096) groups *= 4;
    else rounds *= 2;
  }
}

async function peakBytes({ device, timed }: OpenGpu, leastMs: number, most: number): Promise<number> {
  const pipeline = await pipelineOf(device, copy);
  const largest = Math.min(most, device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  let best = 0;
  for (let bytes = 2 ** 22; bytes <= largest; bytes *= 4) {
    const buffers = [0, 1].map(() => device.createBuffer({ size: bytes, usage: 0x80 }));
    const groups = bytes / 16 / groupSize;
    const columns = Math.min(groups, 32768);
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run++) {
      least = Math.min(least, await timed(pipeline, buffers, [columns, Math.ceil(groups / columns)]));
    }
    for (const buffer of buffers) buffer.destroy();
    // Small copies stay in caches: the largest counts.
    best = (2 * bytes) / (least / 1000);
    if (least >= leastMs) break;
  }
  return best;
}

async function pipelineOf(device: GPUDevice, code: string): Promise<GPUComputePipeline> {
  const module = device.createShaderModule({ code });
  return await device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
}
