import { objectiveOf, uniform, sampleNested } from '@wtilde/fit';
let n=0;const t=performance.now();
await sampleNested(objectiveOf([0,1].map(i=>({path:'x'+i,prior:uniform(0,10*Math.PI)})),x=>({value:(2+Math.cos(x[0]/2)*Math.cos(x[1]/2))**5})),{seed:1,mostEvaluations:40000,onProgress:p=>{if(++n%20==0)console.log(p.evaluations,p.fraction,(performance.now()-t).toFixed(0))}}).then(r=>console.log(r.logZ,r.statement,r.trace));
