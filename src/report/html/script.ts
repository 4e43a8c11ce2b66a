/**
 * The page's only script: the filter box, which is hidden without it. Every word must be somewhere in a row. The rows'
 * texts are read once, when the first word is typed, and the rows are changed at most once a frame.
 */
export const SCRIPT = `
(() => {
  const box = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const table = document.getElementById('resources');
  if (!box || !shown || !table) return;
  const bodies = Array.from(table.tBodies, (body) => ({ body, rows: Array.from(body.rows), texts: undefined }));
  const all = shown.textContent;
  let waiting = false;
  const apply = () => {
    waiting = false;
    const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const part of bodies) {
      part.texts ??= part.rows.map((row) => row.textContent.toLowerCase());
      let fitting = 0;
      part.rows.forEach((row, i) => {
        const fits = words.every((word) => part.texts[i].includes(word));
        if (row.hidden === fits) row.hidden = !fits;
        if (fits) fitting += 1;
      });
      part.body.hidden = fitting === 0;
      part.body.style.containIntrinsicHeight = fitting * 3.6 + 'rem';
      count += fitting;
    }
    shown.textContent = words.length === 0 ? all : count + ' of ' + all;
  };
  box.addEventListener('input', () => {
    if (!waiting) requestAnimationFrame(apply);
    waiting = true;
  });
  box.parentElement.hidden = false;
  if (box.value !== '') apply();
})();
`;
