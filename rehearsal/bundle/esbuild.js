import { build } from 'esbuild';

const outfile = `${process.argv[2]}/esbuild.js`;
await build({ entryPoints: ['app.js'], bundle: true, format: 'esm', outfile });
