import type { ElsewhereImplementation, Options } from '@wtilde/core-types';
import { parcel } from './parcel.js';
import type { SentKernel, SentOptions } from './protocol.js';
import type { Team } from './team.js';

/** A kernel that workers run. A call goes to the least busy of them; what is bound stays with one. */
export function remoteKernel(team: Team, name: string, { methods, limited }: SentKernel): ElsewhereImplementation {
  return {
    methods,
    limited,

    async appraise(sizes, options) {
      const { appraisals } = await team.leastBusy().ask('appraisals', { where: name }, (id) => ({
        wtilde: 1,
        type: 'appraise',
        id,
        kernel: name,
        sizes,
        options: sent(options),
      }));
      return appraisals;
    },

    async run(given, options) {
      const { content: args, buffers: transfer } = parcel(given);
      const { result } = await team.leastBusy().ask('result', { where: name, options, transfer }, (id) => ({
        wtilde: 1,
        type: 'call',
        id,
        kernel: name,
        args,
        options: sent(options),
        progress: options.onProgress !== undefined,
      }));
      return result;
    },

    bind(given) {
      const member = team.leastBusy();
      const bound = member.newId();
      const { content: fixed, buffers } = parcel(given);
      member.send({ wtilde: 1, type: 'bind', bound, kernel: name, fixed }, name, buffers);
      const letGo = team.keep(member);
      return {
        async run(others, options) {
          const { content: rest, buffers: transfer } = parcel(others);
          const { result } = await member.ask('result', { where: name, options, transfer }, (id) => ({
            wtilde: 1,
            type: 'callBound',
            id,
            bound,
            rest,
            options: sent(options),
            progress: options.onProgress !== undefined,
          }));
          return result;
        },
        async runMany(others, options) {
          const parcels = others.map((each) => parcel(each));
          const transfer = parcels.flatMap(({ buffers }) => buffers);
          const { results } = await member.ask('results', { where: name, options, transfer }, (id) => ({
            wtilde: 1,
            type: 'callBoundMany',
            id,
            bound,
            rests: parcels.map(({ content }) => content),
            options: sent(options),
            progress: options.onProgress !== undefined,
          }));
          return results;
        },
        dispose() {
          member.tell({ wtilde: 1, type: 'release', bound });
          letGo();
        },
      };
    },
  };
}

function sent({ method, tolerance, solve, check }: Options): SentOptions {
  return { method, tolerance, solve, check };
}
