import * as draft from '#contract/drafts.ts'
import * as contract from '#contract/inbox.ts'
import * as mailbox from '#contract/mailboxes.ts'
import { search } from '#contract/search.ts'
import type { Desk } from '#server/desk.ts'
import { route, type AnyRoute } from '#platform/serve/route.ts'
import { checkPlus } from './actions/check-plus.ts'
import { chooseAnswerAddress } from './actions/choose-answer-address.ts'
import { createTicket } from './actions/create-ticket.ts'
import { discardDraft, saveDraft } from './actions/save-draft.ts'
import { addMailbox, updateMailbox } from './actions/save-mailbox.ts'
import { keepHere } from './actions/keep-here.ts'
import { undoSend } from './actions/undo-send.ts'
import { updateTicket } from './actions/update-ticket.ts'
import { uploadAttachment } from './actions/upload-attachment.ts'
import { writeMessage } from './actions/write-message.ts'
import { correctionRoutes } from './correction-routes.ts'
import { addressRoutes } from './address-routes.ts'
import { custodyRoutes } from './custody-routes.ts'
import { importRoutes } from './import-routes.ts'
import { deletedRoutes } from './deleted-routes.ts'
import { feedRoutes } from './feed-routes.ts'
import { replyDefaults } from './reply-recipients.ts'
import { sendingRoutes } from './sending-routes.ts'
import { countViews } from './views/count-views.ts'
import { listMailboxes, readMailbox } from './views/list-mailboxes.ts'
import { listMessages, readMessage } from './views/list-messages.ts'
import { listTicketEvents } from './views/list-ticket-events.ts'
import { listTickets } from './views/list-tickets.ts'
import { readDraft } from './views/read-draft.ts'
import { readTicket, requireVisible } from './views/read-ticket.ts'
import { searchTickets } from './views/search-tickets.ts'

const done = { done: true } as const

/** Whoever opens a ticket for another team, or hands one over, is answered with what they wrote, this once. */
const asWritten = (desk: Desk): Desk => desk.as({ ...desk.actor, visible: 'all' })

const tickets: AnyRoute[] = [
  route(contract.listViews, ({ desk }) => countViews(desk)),
  route(contract.listTickets, ({ desk, query }) => listTickets(desk, query)),
  route(contract.createTicket, async ({ desk, body }) => readTicket(asWritten(desk), await createTicket(desk, body))),
  route(contract.getTicket, ({ desk, params }) => readTicket(desk, params.id)),
  route(contract.updateTicket, async ({ desk, params, body }) => {
    await updateTicket(desk, params.id, body)
    return readTicket(asWritten(desk), params.id)
  }),
  route(contract.listTicketEvents, ({ desk, params, query }) => listTicketEvents(desk, params.id, query)),
  route(search, ({ desk, query }) => searchTickets(desk, query.q, query.limit ?? 20)),
]

const messages: AnyRoute[] = [
  route(contract.listMessages, ({ desk, params, query }) => listMessages(desk, params.id, query)),
  route(contract.createMessage, async ({ desk, params, body }) =>
    readMessage(desk, await writeMessage(desk, params.id, body)),
  ),
  route(contract.replyDefaults, async ({ desk, params }) => {
    await requireVisible(desk, params.id)
    const { mailbox, fromAddress, ...defaults } = await replyDefaults(desk, params.id)
    const from = mailbox && { email: fromAddress ?? mailbox.address, name: mailbox.name }
    const { to, cc, signature, subject, otherSubject, asked, askedChoice, askedBy } = defaults
    return {
      from,
      to,
      cc,
      signature,
      subject,
      otherSubject,
      asked: asked && { address: asked, from: askedBy ?? '', choice: askedChoice },
    }
  }),
  route(contract.chooseAnswerAddress, async ({ desk, params, body }) => {
    await chooseAnswerAddress(desk, params.id, body.choice)
    return done
  }),
  route(contract.undoSend, async ({ desk, params }) => {
    await undoSend(desk, params.id)
    return done
  }),
  route(contract.keepMessage, async ({ desk, params }) => {
    await keepHere(desk, params.id)
    return readMessage(desk, params.id)
  }),
  route(contract.allowRemoteImages, ({ desk, params }) => readMessage(desk, params.id, { remoteImages: true })),
  route(contract.uploadAttachment, ({ desk, params, body }) => uploadAttachment(desk, params.id, body)),
]

const drafts: AnyRoute[] = [
  route(draft.getDraft, ({ desk, params }) => readDraft(desk, params.id)),
  route(draft.putDraft, async ({ desk, params, body }) => {
    await saveDraft(desk, params.id, body)
    return readDraft(desk, params.id)
  }),
  route(draft.deleteDraft, async ({ desk, params }) => {
    await discardDraft(desk, params.id)
    return done
  }),
]

const mailboxes: AnyRoute[] = [
  route(mailbox.listMailboxes, ({ desk, query }) => listMailboxes(desk, query)),
  route(mailbox.createMailbox, async ({ desk, body }) => readMailbox(desk, await addMailbox(desk, body))),
  route(mailbox.checkPlus, async ({ desk, params }) => {
    await checkPlus(desk, params.id)
    return readMailbox(desk, params.id)
  }),
  route(mailbox.updateMailbox, async ({ desk, params, body }) => {
    await updateMailbox(desk, params.id, body)
    return readMailbox(desk, params.id)
  }),
]

export const routes: AnyRoute[] = [
  ...tickets,
  ...messages,
  ...drafts,
  ...mailboxes,
  ...custodyRoutes,
  ...addressRoutes,
  ...importRoutes,
  ...deletedRoutes,
  ...feedRoutes,
  ...sendingRoutes,
  ...correctionRoutes,
]
