import { FailedError } from '../errors.js';
import { shellLine } from '../shell-words.js';
import { shareHandover } from '../surgery/notes/notes.js';
import { handoverToken } from '../surgery/request/handover.js';
import { withStateRoot } from '../surgery/roots/state-root.js';
import { reviewWords } from './prepare-request.js';
import type { RepairSite } from './site.js';
import { handoverOf, type Delivery, type Pending } from './work.js';

/** Ways that can work here, besides the file. */
export function deliveriesOf({ request }: Pending, { clipboard }: RepairSite): Promise<readonly Delivery[]> {
  const isShared = request.state.type !== 'terraform';
  return Promise.resolve([
    { kind: 'screen', title: 'show it here, as one line to be copied' },
    ...(clipboard === undefined
      ? []
      : [{ kind: 'clipboard' as const, title: `copy it to the clipboard (${clipboard.name})` }]),
    ...(isShared
      ? [{ kind: 'beside' as const, title: 'leave it beside the state, where they find it by its id' }]
      : []),
  ]);
}

/** @returns what to tell about it @throws FailedError `ClipboardUnusable`, `NoteNotWritten`, `NotesUnsupported` */
export async function deliver(pending: Pending, { kind }: Delivery, site: RepairSite): Promise<string> {
  const handover = handoverOf(pending);
  switch (kind) {
    case 'screen':
      site.show(handoverToken(handover));
      return `They run: ${shellLine(reviewWords('TOKEN', site.flags))}, with that line as TOKEN.`;
    case 'clipboard':
      await site.clipboard?.copy(handoverToken(handover));
      return 'It is in the clipboard.';
    case 'beside':
      return withStateRoot(site.state, site.world, async ({ store: { notes } }) => {
        if (notes === undefined) {
          throw new FailedError('NotesUnsupported', 'nothing can be left beside this state', {
            hint: 'hand over the file',
          });
        }
        return `It is ${await shareHandover(notes, handover)}; they run: ${shellLine(reviewWords(pending.id, site.flags))}`;
      });
  }
}
