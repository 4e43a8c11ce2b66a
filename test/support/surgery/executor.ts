import { openLocalStateStore } from '../../../src/surgery/store/local/local-state-store.js';
import { execute } from '../../../src/surgery/engine/execute.js';
import { readHandover } from '../../../src/surgery/request/handover-file.js';
import { openStore } from '../s3-store.js';
import { executionIn } from './execution.js';

/**
 * Executes a request on a state in a file, or in a made-up S3 that is named by its address, and kills itself where it is told to: `before` or `after` the record of a step,
 * inside the claim, or inside the write, when the new content stands beside the state.
 */
const [requestFile = '', stateFile = '', folder = '', where = ''] = process.argv.slice(2);

function dieAt(place: string): void {
  if (place === where) process.kill(process.pid, 'SIGKILL');
}

const store = stateFile.startsWith('http:')
  ? await openStore(stateFile, {}, { patience: { connect: 10_000, idle: 60_000 } })
  : openLocalStateStore(stateFile, process.env);
const execution = executionIn(folder, store, { now: Date.now });
const { journal } = execution;
const swap = store.compareAndSwap.bind(store);
store.compareAndSwap = async (base, bytes) => {
  if (where === 'inside the write') setImmediate(dieAt, where);
  const written = await swap(base, bytes);
  dieAt('after the write');
  return written;
};

const take = store.claims?.take.bind(store.claims);
if (store.claims !== undefined && take !== undefined) {
  store.claims.take = (claim) => {
    if (where === 'inside the claim') setImmediate(dieAt, where);
    return take(claim);
  };
}

await execute((await readHandover(requestFile)).request, {
  ...{ ...execution, store },
  journal: {
    read: () => journal.read(),
    append: async (entry) => {
      dieAt(`before ${entry.step}`);
      await journal.append(entry);
      dieAt(`after ${entry.step}`);
    },
  },
});
