import type { Diagnostic } from '../plan/plan.js';
import { beginsDiagnostic, diagnosticOf } from './diagnostic-text.js';

/** A diagnostic has some dozen lines; a log that never ends one is cut here. */
const MAX_LINES = 400;

/** Terraform's own sentences, and those of CI systems, that come after a diagnostic without a frame. */
const AFTER =
  /^(?:Plan: \d|No changes\.|(?:Terraform|OpenTofu) (?:used the selected|will perform the|has compared|planned the following)|Planning failed|Apply complete|[─-]{20,}|Job failed: |section_(?:start|end):|Cleaning up|\[Pipeline\]|script returned exit code|make: \*\*\*|Process completed with)/;

/**
 * Puts the lines of diagnostics together. Terraform frames them (`╷`, `│`, `╵`) on terminals since 0.15; without a frame, they
 * end where something else begins or where three lines are empty.
 */
export class DiagnosticBlocks {
  readonly #keep: (diagnostic: Diagnostic) => void;
  #lines: string[] | undefined;
  #isFramed = false;
  /** Whose text it is, where lines are labelled. */
  #label: string | undefined;

  constructor(keep: (diagnostic: Diagnostic) => void) {
    this.#keep = keep;
  }

  /** Takes a line that may have a frame in it. @returns whether it belongs to one */
  framed(line: string): boolean {
    const bar = line.indexOf('│');
    if (bar !== -1 && this.#isFramed) {
      this.#add(line.slice(bar + 1).replace(/^ /, ''));
      return true;
    }
    if (line.trimEnd().endsWith('╷')) this.#begin([], true, undefined);
    else if (this.#isFramed && line.trimEnd().endsWith('╵')) this.end();
    else return false;
    return true;
  }

  /** Takes a line without a frame, and without what stands in front of Terraform's text. @returns whether it belongs to one */
  unframed(text: string, label: string | undefined): boolean {
    if (this.#isFramed) return false;
    if (beginsDiagnostic(text)) {
      this.#begin([text], false, label);
      return true;
    }
    if (this.#lines === undefined) return false;
    const isEmptyAgain = [text, ...this.#lines.slice(-2)].every((line) => line.trim() === '');
    if (isEmptyAgain || label !== this.#label || AFTER.test(text)) {
      this.end();
      return false;
    }
    this.#add(text);
    return true;
  }

  /** Nothing more belongs to the one that was begun. */
  end(): void {
    const lines = this.#lines ?? [];
    // A frame has an empty line above the heading where a warning was folded into it.
    const heading = lines.findIndex(beginsDiagnostic);
    const diagnostic = heading === -1 ? undefined : diagnosticOf(lines.slice(heading));
    if (diagnostic !== undefined) this.#keep(diagnostic);
    this.#lines = undefined;
    this.#isFramed = false;
  }

  #begin(lines: string[], isFramed: boolean, label: string | undefined): void {
    this.end();
    this.#lines = lines;
    this.#isFramed = isFramed;
    this.#label = label;
  }

  #add(line: string): void {
    if (this.#lines === undefined || this.#lines.length >= MAX_LINES) return;
    this.#lines.push(line);
  }
}
