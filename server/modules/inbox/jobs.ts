import * as z from 'zod'
import { id } from '#contract/ids.ts'
import { job, type AnyJob } from '#platform/jobs/job.ts'
import { afterReceipts } from './actions/after-receipts.ts'
import { giveUpPlus, probePlus } from './actions/check-plus.ts'
import { closeSolved } from './actions/close-solved.ts'
import { deliver } from './actions/deliver.ts'
import { indexMessages } from './actions/index-message.ts'
import { leave } from './actions/leave.ts'
import { nameUnknown } from './actions/name-unknown.ts'
import { purgeDeleted } from './actions/purge-deleted.ts'
import { reviseClocks } from './actions/revise-clocks.ts'
import { runRerun } from './actions/rerun-parked.ts'
import { runImport } from './imports/run-import.ts'
import { undoImport } from './imports/undo-import.ts'
import { sweepBlobs } from './actions/sweep-blobs.ts'
import { sweepBreaches } from './actions/sweep-breaches.ts'
import { sweepUploads } from './actions/sweep-uploads.ts'

const ofMailbox = z.object({ mailboxId: id('box') })
const ofImport = z.object({ importId: id('imp') })
const ofMessage = z.object({ messageId: id('msg') })

export const jobs: AnyJob[] = [
  job({
    name: 'inbox.after_receipts',
    payload: z.object({}),
    // Mail wakes it; the clock finds what a crash left.
    cron: '* * * * *',
    lane: 'outside',
    run: (desk) => afterReceipts(desk),
  }),
  job({ name: 'inbox.index', payload: ofMessage, run: (desk, { messageId }) => indexMessages(desk, [messageId]) }),
  job({
    name: 'inbox.import',
    payload: ofImport,
    lane: 'outside',
    run: (desk, { importId }) => runImport(desk, importId),
  }),
  job({
    name: 'inbox.undo_import',
    payload: ofImport,
    lane: 'outside',
    run: (desk, { importId }) => undoImport(desk, importId),
  }),
  job({
    name: 'inbox.rerun_parked',
    payload: z.object({ rerunId: id('rrn') }),
    run: (desk, { rerunId }) => runRerun(desk, rerunId),
  }),
  job({
    name: 'inbox.probe_plus',
    payload: ofMailbox,
    lane: 'outside',
    run: (desk, { mailboxId }) => probePlus(desk, mailboxId),
  }),
  job({ name: 'inbox.give_up_plus', payload: z.object({}), cron: '*/5 * * * *', run: (desk) => giveUpPlus(desk) }),
  job({ name: 'inbox.leave', payload: ofMessage, run: (desk, { messageId }) => leave(desk, messageId) }),
  job({
    name: 'inbox.deliver',
    payload: ofMessage,
    lane: 'outside',
    run: (desk, { messageId }, { worker }) => deliver(desk, messageId, worker),
  }),
  job({ name: 'inbox.name_unknown', payload: z.object({}), cron: '* * * * *', run: (desk) => nameUnknown(desk) }),
  job({ name: 'inbox.sweep_breaches', payload: z.object({}), cron: '* * * * *', run: (desk) => sweepBreaches(desk) }),
  job({ name: 'inbox.revise_clocks', payload: z.object({}), cron: '* * * * *', run: (desk) => reviseClocks(desk) }),
  job({
    name: 'inbox.close_solved',
    payload: z.object({}),
    cron: '*/10 * * * *',
    run: async (desk) => {
      while ((await closeSolved(desk)) > 0);
    },
  }),
  job({
    name: 'inbox.purge_deleted',
    payload: z.object({}),
    cron: '20 * * * *',
    run: async (desk) => {
      while ((await purgeDeleted(desk)) > 0);
    },
  }),
  job({
    name: 'inbox.sweep_blobs',
    payload: z.object({}),
    cron: '40 3 * * *',
    lane: 'outside',
    run: async (desk) => {
      while ((await sweepUploads(desk)) > 0);
      await sweepBlobs(desk)
    },
  }),
]
