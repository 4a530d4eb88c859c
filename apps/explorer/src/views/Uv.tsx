import { useEffect, useRef } from 'preact/hooks';

/** Baselines and their opposites. */
export function UvView({ baselines }: { readonly baselines: Float32Array }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  let longest = 0;
  for (const part of baselines) longest = Math.max(longest, Math.abs(part));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context == null) return;
    const side = context.canvas.width;
    context.clearRect(0, 0, side, side);
    context.fillStyle = '#5aa9e6';
    for (const sign of [1, -1]) {
      for (let at = 0; at < baselines.length; at += 2) {
        const x = side / 2 - (sign * baselines[at] * 0.48 * side) / longest;
        const y = side / 2 - (sign * baselines[at + 1] * 0.48 * side) / longest;
        context.fillRect(x - 1, y - 1, 2, 2);
      }
      context.fillStyle = '#a7c7e0';
    }
  }, [baselines, longest]);
  if (baselines.length === 0) return null;
  return (
    <section class="view" aria-label="uv coverage">
      <h2>uv coverage</h2>
      <canvas
        ref={canvas}
        class="uv"
        width={360}
        height={360}
        role="img"
        aria-label={`${baselines.length / 2} baselines, up to ${(longest / 1000).toFixed(0)} kilowavelengths`}
      />
      <p class="under">± {(longest / 1000).toPrecision(3)} kλ, u to the left</p>
    </section>
  );
}
