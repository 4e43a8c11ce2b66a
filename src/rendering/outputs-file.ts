import { readBounded } from '../bounded-file.js';
import { FailedError, messageOf } from '../errors.js';
import { ExistingOutputs } from '../tf-config/model/outputs.js';

/** Outputs hold certificates and the like, a few KB each. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads a file of `terraform output -json`. @throws FailedError `OutputsInvalid` */
export async function readOutputsFile(file: string): Promise<ExistingOutputs> {
  return ExistingOutputs.parse(parseJson(await read(file), file), file);
}

async function read(file: string): Promise<string> {
  try {
    return (await readBounded(file, MAX_BYTES)).toString('utf8');
  } catch (error) {
    throw new FailedError('OutputsInvalid', `cannot read ${file}: ${messageOf(error)}`, {
      hint: 'make it with: terraform output -json > FILE',
      cause: error,
    });
  }
}

/** The parser's own message would quote the text, which holds secrets. */
function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FailedError('OutputsInvalid', `${file} is not JSON`, {
      hint: 'make it with: terraform output -json > FILE',
    });
  }
}
