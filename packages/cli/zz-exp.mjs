import { createWasmBackend } from '@wtilde/backend-wasm';
import { readVisibilityFiles } from '@wtilde/data/node';
import { circularMask, createOperator } from '@wtilde/lens';
import { evidenceObjective, optimise, parseModelWithPriors } from '@wtilde/fit';
const [,, mesh='overlay:12x12:natural', mode='grad', starts='8', guesses='256', ell='0.2']=process.argv;
const v = await readVisibilityFiles('/work/wt/shared/cases/lens/sim/quad');
const mask = circularMask({ shapeNative: [60, 60], pixelScale: 0.1, radius: 2.6 });
const op = await createOperator(v, { mask, backends: [await createWasmBackend({threads:1})] });
const model = parseModelWithPriors({mass:[{type:'Isothermal',centre:[{normal:[0,0.1]},{normal:[0,0.1]}],einsteinRadius:{uniform:[1,2]},ellComps:[{normal:[0,+ell]},{normal:[0,+ell]}]},{type:'ExternalShear',gamma1:{normal:[0,0.1]},gamma2:{normal:[0,0.1]}}]},{mesh,regularization:'gradient:'+(process.argv[7]??1),fixRegularization:process.argv[7]!==undefined});
const t=performance.now(); 
const o = evidenceObjective(op, model);
const fit = await optimise(mode==='grad'?o:{...o,hasGradient:false}, {seed:1, starts: +starts, guesses:+guesses, onProgress:p=>{if(p.evaluations%50<4)console.log(p.evaluations,p.best?.logLikelihood,((performance.now()-t)/1000).toFixed(1))}});
console.log(process.argv.slice(2).join(' '), fit.converged, fit.statement, fit.logLikelihood, fit.evaluations, ((performance.now()-t)/1000).toFixed(1));
for (const s of fit.starts) console.log(s.logPosterior.toFixed(1),s.evaluations,s.end,[...s.values].map(x=>x.toFixed(3)).join(' '));
process.exit(0)
