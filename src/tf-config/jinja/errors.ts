import { FailedError } from '../../errors.js';

/** The template, or what it is given, is wrong: Jinja2 fails as well. */
export function templateError(message: string): FailedError {
  return new FailedError('TemplateInvalid', message);
}

/** Jinja2 may well render this, but this evaluator cannot: a rarely used feature, or a look-up in the outside world. */
export class TemplateUnsupported extends FailedError {
  constructor(what: string) {
    super('TemplateUnsupported', `the template uses ${what}, which tfrepair cannot evaluate`);
  }
}

/** Runs `action`; what it throws then says in which line of the template it happened. */
export function atLine<T>(line: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (
      !(error instanceof FailedError) ||
      error.code !== 'TemplateInvalid' ||
      /^line \d/.test(error.message)
    ) {
      throw error;
    }
    throw templateError(`line ${line}: ${error.message}`);
  }
}
