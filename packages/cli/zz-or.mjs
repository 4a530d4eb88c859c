import { objectiveOf, uniform, sampleNested } from '@wtilde/fit';
const box=(d,a,b)=>Array.from({length:d},(_,i)=>({path:'x'+i,prior:uniform(a,b)}));
const lse=(a,b)=>Math.max(a,b)+Math.log1p(Math.exp(-Math.abs(a-b)));
const P={
 gauss3:[box(3,-10,10),x=>{const r=.95,d=3;const s=x[0]+x[1]+x[2],q=x[0]**2+x[1]**2+x[2]**2;const det=(1-r)**2*(1+2*r);const chi=(q-r/(1+2*r)*s*s)/(1-r);return -chi/2-.5*Math.log(det)-1.5*Math.log(2*Math.PI)},-8.98720],
 eggbox:[box(2,0,10*Math.PI),x=>(2+Math.cos(x[0]/2)*Math.cos(x[1]/2))**5,235.85594],
 absx:[box(1,-1,1),x=>-Math.log(Math.max(1e-8,Math.abs(x[0]))),2.96634],
 gauss8:[box(8,-1000,1000),x=>{let l=0;for(let i=0;i<8;i++){const s=10**(-3*i/7);l-=.5*(x[i]/s)**2+Math.log(s)+.5*Math.log(2*Math.PI)}return l},-8*Math.log(2000)],
 rosen:[box(2,-10,10),x=>-.5*((1-x[0])**2+100*(x[1]-x[0]**2)**2),-6.47162],
 shells2:[box(2,-6,6),null,-1.74564], shells5:[box(5,-6,6),null,-5.67360], shells10:[box(10,-6,6),null,-14.5905],
 plateau:[box(3,-1,1),x=>{const r=Math.hypot(...x);return r<.1?5:r<.5?2:-Infinity}, Math.log((4/3*Math.PI*(.001*Math.exp(5)+(.125-.001)*Math.exp(2)))/8)],
};
const shell=(x,c)=>{let q=(x[0]-c)**2;for(let i=1;i<x.length;i++)q+=x[i]**2;return -.5*Math.log(2*Math.PI*.01)-(Math.sqrt(q)-2)**2/.02};
for(const k of ['shells2','shells5','shells10'])P[k][1]=x=>lse(shell(x,-3.5),shell(x,3.5));
const names=process.argv[2]?process.argv[2].split(','):Object.keys(P); const seeds=Number(process.argv[3]??3);
for(const n of names){const [p,f,truth]=P[n];const es=[],ss=[];let ev=0,eff=0;const t=performance.now();
 for(let s=1;s<=seeds;s++){const r=await sampleNested(objectiveOf(p,x=>({value:f(x)})),{seed:s});es.push(r.logZ.value-truth);ss.push(r.logZ.sigma);ev+=r.evaluations/seeds;eff+=r.effectiveSamples/seeds;}
 const sd=Math.sqrt(es.reduce((a,b)=>a+b*b,0)/seeds);
 console.log(n,'err rms',sd.toFixed(4),'quoted',(ss.reduce((a,b)=>a+b)/seeds).toFixed(4),'worst',Math.max(...es.map((e,i)=>Math.abs(e)/ss[i])).toFixed(2),'evals',ev.toFixed(0),'ESS',eff.toFixed(0),'us/eval',((performance.now()-t)/seeds/ev*1000).toFixed(0));}
