import { createHash } from 'node:crypto';

import type { Bundle } from '../bundle/bundle.js';
import { escapeHtml, type Answer } from './answer.js';

const SCRIPT = `
const form = document.querySelector('form');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ query: form.elements.query.value });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(location.pathname, { method: 'POST', headers, body });
  document.querySelector('pre').textContent = JSON.stringify(await answer.json(), null, 2);
});
`;

/** A page to try queries on, for a browser that opens the GraphQL address. It loads nothing from elsewhere. */
export function landingPage(bundle: Bundle): Answer {
  const scriptHash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'sha256-${scriptHash}'`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
    body: page(bundle),
  };
}

function page({ sha256, gitCommit }: Bundle): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>tfrepair server</title>
<style>body { font-family: sans-serif; margin: 2rem } textarea { width: 100% } pre { overflow: auto }</style>
</head>
<body>
<h1>tfrepair server</h1>
<p>bundle ${escapeHtml(sha256)}, commit ${escapeHtml(gitCommit)}</p>
<form>
<textarea name="query" rows="10" aria-label="GraphQL query">{ __schema { queryType { fields { name } } } }</textarea>
<p><button>Run</button></p>
</form>
<pre></pre>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
