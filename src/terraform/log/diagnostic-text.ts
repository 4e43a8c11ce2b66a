import type { Diagnostic } from '../plan/plan.js';
import { addressAt } from './found-address.js';
import { unwrap } from './unwrap.js';

const HEADING = /^(Error|Warning): (.*)$/s;
const WITH = /^ {2}with (.*?),?$/;
const ON = /^ {2}on (.+) line (\d+)(?:, in (.*))?:$/;
/** `in resource "aws_sqs_queue" "q"` of HCL, `in resource.aws_sqs_queue[0].q` of JSON: all that Terraform said until 0.15. */
const IN = /^(?:(data)|resource)[ .]"?([\w-]+)"?(?:\[\d+\])?[ .]"?([\w-]+)"?$/;
/** The line of code that is shown, and the values of what it refers to. */
const CODE = /^ +(?:\d+:|│|├|\||(?=\[))/;
/** A further line of a provider's list of several errors. */
const LISTED = /^\s+\*|^\t/;
/** Where the code refers to a module's file, the module's address is not known. */
const IN_FOLDER = /[/\\]/;

/** Whether Terraform's text begins a diagnostic with this line. */
export function beginsDiagnostic(line: string): boolean {
  return HEADING.test(line);
}

/** Reads a diagnostic from its lines, the first of which begins it; frames and prefixes are off. */
export function diagnosticOf(lines: readonly string[]): Diagnostic | undefined {
  const [, severity, first = ''] = HEADING.exec(lines[0] ?? '') ?? [];
  if (severity === undefined) return undefined;
  let at = 1;
  while (LISTED.test(lines[at] ?? '')) at += 1;
  const summary = [first, ...lines.slice(1, at)].map((line) => line.trimEnd()).join('\n');
  const rest = lines.slice(at);
  const subject = rest.map((line) => WITH.exec(line)?.[1]).find((text) => text !== undefined);
  const place = rest.map((line) => ON.exec(line)).find((match) => match !== null);
  const [, file, line, context] = place ?? [];
  const isRoot = file !== undefined && !IN_FOLDER.test(file);
  return {
    severity: severity === 'Error' ? 'error' : 'warning',
    summary: summary.trimEnd(),
    detail: unwrap(detailLines(rest)),
    address: addressOf(subject) ?? (isRoot ? contextAddress(context) : undefined),
    place: file === undefined ? undefined : `${file}:${line}`,
  };
}

/** What stands after the code that is shown; all of it where none is. */
function detailLines(lines: readonly string[]): readonly string[] {
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const isHeader = line.trim() === '' || WITH.test(line) || ON.test(line) || CODE.test(line);
    if (!isHeader) break;
  }
  return lines.slice(at);
}

function addressOf(subject: string | undefined): string | undefined {
  return subject === undefined ? undefined : addressAt(subject, 0)?.address;
}

function contextAddress(context: string | undefined): string | undefined {
  const [, data, type, name] = IN.exec(context ?? '') ?? [];
  if (type === undefined || name === undefined) return undefined;
  return `${data === undefined ? '' : 'data.'}${type}.${name}`;
}
