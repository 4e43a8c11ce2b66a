// A process that opens a sandbox, says where it is, and goes on until it is killed.
import { openExampleSandbox } from './sandbox.js';

const [parent] = process.argv.slice(2);
const { folder, endpoint, graphqlUrl } = await openExampleSandbox(parent === undefined ? {} : { parent });
process.stdout.write(`${JSON.stringify({ folder, endpoint, graphqlUrl })}\n`);
setInterval(() => undefined, 60_000);
