import type { Expression } from './ast.js';
import { parseExpression } from './parse-expression.js';
import type { TokenStream } from './token-stream.js';

/** `.name`, `.0`, `[key]` or `[from:to:step]` after an operand. */
export function parseSubscript(stream: TokenStream, of: Expression): Expression {
  if (stream.skip('operator', '.')) {
    const { type, value } = stream.next();
    if (type === 'name') return { kind: 'attribute', of, name: value };
    if (type !== 'integer') throw stream.unexpected('a name or a number');
    return { kind: 'item', of, key: { kind: 'constant', value: Number(value) } };
  }
  stream.expect('operator', '[');
  const bounds: (Expression | undefined)[] = [bound(stream)];
  while (bounds.length < 3 && stream.skip('operator', ':')) bounds.push(bound(stream));
  const [key] = bounds;
  if (bounds.length === 1 && key === undefined) throw stream.unexpected();
  stream.expect('operator', ']');
  return bounds.length === 1 && key !== undefined ? { kind: 'item', of, key } : { kind: 'slice', of, bounds };
}

function bound(stream: TokenStream): Expression | undefined {
  return stream.isOperator(':', ']') ? undefined : parseExpression(stream);
}
