import { createWasmBackend } from '@wtilde/backend-wasm';
import { readVisibilityFiles } from '@wtilde/data/node';
import { circularMask, createOperator, parseMesh, parseRegularization } from '@wtilde/lens';
import { evidenceObjective, optimise, parseModelWithPriors, magnificationOf } from '@wtilde/fit';
const v = await readVisibilityFiles('/work/wt/shared/cases/lens/sim/quad');
const mask = circularMask({ shapeNative: [60, 60], pixelScale: 0.1, radius: 2.6 });
const op = await createOperator(v, { mask, backends: [await createWasmBackend({threads:1})] });
const model = parseModelWithPriors({mass:[{type:'Isothermal',centre:[{normal:[0,0.1]},{normal:[0,0.1]}],einsteinRadius:{uniform:[1,2]},ellComps:[{normal:[0,0.3]},{normal:[0,0.3]}]},{type:'ExternalShear',gamma1:{uniform:[-0.2,0.2]},gamma2:{uniform:[-0.2,0.2]}}]},{mesh:'overlay:14x14:natural',regularization:'gradient:1'});
const t=performance.now(); let batches=0;
const fit = await optimise(evidenceObjective(op, model), {seed:1, starts: Number(process.argv[2]??2), onProgress:p=>{batches++; if(batches%10==0) console.log(batches,p.evaluations,p.best?.logLikelihood, ((performance.now()-t)/1000).toFixed(1))}});
console.log(fit.converged, fit.statement, fit.logLikelihood, fit.evaluations, ((performance.now()-t)/1000).toFixed(1));
for (const p of fit.parameters) console.log(p.path, p.value, p.sigma);
console.log(fit.starts.map(s=>[s.logPosterior,s.evaluations,s.end].join(' ')).join('\n'), fit.notes);
const e = await op.evidence(model.modelAt(fit.values)); console.log(magnificationOf(e, 0.1));
process.exit(0)
