import { headerSpans } from '../stored-state.js';

/** The same state with another serial; every other byte stays. @throws FailedError `StateInvalid` */
export function withSerial(bytes: Buffer, serial: number, label: string): Buffer {
  const { start, end } = headerSpans(bytes, label).serial;
  return Buffer.concat([bytes.subarray(0, start), Buffer.from(String(serial)), bytes.subarray(end)]);
}
