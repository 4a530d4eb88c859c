// Runs a command where WebGPU finds a driver: node scripts/withVulkan.ts COMMAND [ARGUMENT...]
import { spawnSync } from 'node:child_process';
import { softwareVulkan } from './softwareVulkan.ts';

const [command, ...args] = process.argv.slice(2);
const env = { ...process.env, ...softwareVulkan().environment };
const { status } = spawnSync(command, args, { stdio: 'inherit', env });
process.exitCode = status ?? 1;
