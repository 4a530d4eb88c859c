import { type AccumulatorSpec, type AsyncVisibilityAccumulator, checkedChunk } from '@wtilde/core-types';
import { otherAccumulator } from '@wtilde/numerics';
import type { Connection } from './connection.js';
import { parcel } from './parcel.js';
import type { Team } from './team.js';

/**
 * Makes accumulators that workers keep. They all live with one worker, so that any two can be merged as if there were no
 * other, bit for bit.
 */
export function remoteAccumulators(team: Team): (spec: AccumulatorSpec) => AsyncVisibilityAccumulator {
  const places = new WeakMap<object, { readonly member: Connection; readonly accumulator: string }>();
  // Nobody disposes of accumulators: what no one can reach any more is freed there, too.
  const net = new FinalizationRegistry<() => void>((forget) => forget());
  let home: Connection | undefined;

  return (given) => {
    const member = home?.alive ? home : team.leastBusy();
    if (member !== home) team.keep(member);
    home = member;
    const accumulator = member.newId();
    const { content: spec } = parcel(given);
    const { content, buffers } = parcel(given);
    member.send({ wtilde: 1, type: 'accumulate', accumulator, spec: content }, 'createAccumulator', buffers);

    const made: AsyncVisibilityAccumulator = {
      async add(given) {
        const { content: chunk, buffers: transfer } = parcel(checkedChunk(given));
        await member.ask('added', { where: 'accumulator.add', transfer }, (id) => ({
          wtilde: 1,
          type: 'add',
          id,
          accumulator,
          chunk,
        }));
      },
      async merge(other) {
        const place = typeof other === 'object' && other !== null ? places.get(other) : undefined;
        if (place?.member !== member) {
          throw otherAccumulator();
        }
        await member.ask('added', { where: 'accumulator.merge' }, (id) => ({
          wtilde: 1,
          type: 'merge',
          id,
          accumulator,
          other: place.accumulator,
        }));
      },
      async finish() {
        const { sums } = await member.ask('sums', { where: 'accumulator.finish' }, (id) => ({
          wtilde: 1,
          type: 'finish',
          id,
          accumulator,
        }));
        return { ...spec, ...sums };
      },
    };
    places.set(made, { member, accumulator });
    net.register(made, () => member.tell({ wtilde: 1, type: 'forget', accumulator }));
    return made;
  };
}
