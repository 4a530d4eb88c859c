import webpack from 'webpack';

const output = { path: process.argv[2], filename: 'webpack.js', chunkFilename: 'webpack-[id].js', module: true };
const compiler = webpack({
  entry: './app.js',
  mode: 'production',
  target: ['web', 'es2022'],
  experiments: { outputModule: true },
  output: { ...output, chunkFormat: 'module' },
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString({ all: false, errors: true }));
  compiler.close(() => {});
});
