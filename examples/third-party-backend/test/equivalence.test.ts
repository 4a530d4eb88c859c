import { after, describe, it } from 'node:test';
import { equivalenceSuite } from '@wtilde/testkit';
import { nodeTestRunner } from '@wtilde/testkit/node';
import { createExampleBackend } from '../src/index.ts';

await equivalenceSuite({ runner: nodeTestRunner({ after, describe, it }), backend: createExampleBackend });
