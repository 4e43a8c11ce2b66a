import { printable } from '../../printable.js';

/** Markup that is safe to put into a page as it is. Only `markup` and `trusted` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template takes: text is escaped, markup is not, nothing is nothing. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/** A template of markup; everything from outside that is put into it, also into a quoted attribute, is escaped. */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0] ?? '';
  values.forEach((value, i) => {
    text += markupOf(value) + (strings[i + 1] ?? '');
  });
  return new Html(text);
}

/** Text of our own, such as the style sheet, as markup. */
export function trusted(text: string): Html {
  return new Html(text);
}

function markupOf(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(markupOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for a page: markup is escaped, and what cannot be seen (control and reordering characters) is made visible. */
function escapeHtml(text: string): string {
  return printable(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
