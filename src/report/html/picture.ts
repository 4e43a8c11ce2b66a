import type { RootDiagnosis } from '../../diagnosis/diagnosis.js';
import { count } from '../../diagnosis/tally.js';
import { pictureOf, type Picture } from '../picture/dependents.js';
import { NODE_HEIGHT, placePicture, type PlacedNode } from '../picture/place.js';
import { markup, type Html } from './markup.js';
import { markAt } from './marks.js';

/** A suspect alone is no picture, nor are suspects that have nothing to do with each other. */
function worthDrawing({ edges }: Picture): boolean {
  return edges.length > 0;
}

/** The suspects and what depends on them, as a picture; nothing where nothing depends on them. @param id for its caption */
export function pictureSection(root: RootDiagnosis, id: string): Html | undefined {
  const picture = pictureOf(root);
  if (!worthDrawing(picture)) return undefined;
  const { width, height, nodes, edges } = placePicture(picture);
  const suspects = picture.nodes.filter(({ severity }) => severity !== undefined).length;
  const dependents = picture.nodes.length - suspects;
  const hidden = picture.hidden === 0 ? '' : ` ${count(picture.hidden, 'more resource')} would not fit.`;
  return markup`<figure class="picture">
    <figcaption id="${id}">
      ${count(suspects, 'suspect')}, and ${count(dependents, 'resource')} that
      ${dependents === 1 ? 'depends' : 'depend'} on them, to the right.${hidden}
    </figcaption>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="${id}">
      <svg
        width="${width}"
        height="${height}"
        viewBox="0 0 ${width} ${height}"
        role="img"
        aria-labelledby="${id}"
        aria-describedby="${id}-text"
      >
        <desc id="${id}-text">${inWords(picture)}</desc>
        ${edges.map((path) => markup`<path class="edge" d="${path}" />`)} ${nodes.map(nodeMarkup)}
      </svg>
    </div>
  </figure>`;
}

function nodeMarkup({ node, label, x, y, width }: PlacedNode): Html {
  const { severity, address } = node;
  const indent = severity === undefined ? 14 : 36;
  const title = severity === undefined ? address : `${address} (${severity})`;
  return markup`<g transform="translate(${x} ${y})">
    <title>${title}</title>
    <rect class="node ${severity ?? ''}" width="${width}" height="${NODE_HEIGHT}" rx="6" />
    ${severity === undefined ? undefined : markAt(severity, 12, (NODE_HEIGHT - 16) / 2)}
    <text class="type" x="${indent}" y="19">${label.type}</text>
    <text class="name" x="${indent}" y="36">${label.name}</text>
  </g>`;
}

/** The picture for those who do not see it. */
function inWords({ nodes, edges }: Picture): string {
  return nodes
    .map(({ address }, i) => {
      const below = edges.filter(({ from }) => from === i).map(({ to }) => nodes[to]?.address ?? '');
      return below.length === 0 ? '' : `${below.join(', ')} on ${address}.`;
    })
    .filter((text) => text !== '')
    .map((text) => `Depending: ${text}`)
    .join(' ');
}
