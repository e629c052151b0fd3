import * as z from 'zod'
import { AddressReason } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { id } from './ids.ts'
import { AddressInput, Message, NewBody } from './inbox.ts'
import { Time } from './list.ts'

/** Write although an address does not work or complained. */
const sendAnyway = z.boolean().optional()
const MessageParams = z.strictObject({ id: id('msg') })

export const DeliveryAttempt = z.object({
  attempt: z.number().int(),
  at: Time,
  outcome: z.enum(['sent', 'retry', 'failed', 'unknown']),
  /** The server's line, or why there was none. */
  answer: z.string(),
  recipients: z.array(z.string()),
})

export const readDelivery = endpoint({
  method: 'GET',
  path: '/messages/{id}/delivery',
  permission: 'tickets.read',
  summary: 'Every try to hand a mail over, newest first, and who has it.',
  params: MessageParams,
  result: z.object({
    accepted: z.array(z.string()),
    refused: z.array(z.string()),
    /** The mail it repeats to other recipients, and those that repeat it. */
    resendOf: id('msg').nullable(),
    resentAs: z.array(id('msg')),
    attempts: z.array(DeliveryAttempt),
    /** Recipients it came back for, or complained, as their servers reported; newest first. */
    failures: z.array(
      z.object({
        address: z.string(),
        kind: z.enum(['hard', 'soft', 'block', 'complaint']),
        /** What was wrong, as a word: `unknown_user`, `mailbox_full` and the like. */
        reason: AddressReason,
        /** The enhanced status code of the report. */
        status: z.string().nullable(),
        /** The other side said that it keeps trying. */
        delayed: z.boolean(),
        at: Time,
      }),
    ),
  }),
})

export const retryDelivery = endpoint({
  method: 'POST',
  path: '/messages/{id}/retry',
  permission: 'tickets.write',
  summary: 'Try a mail that waits for its next try now.',
  params: MessageParams,
  result: Message,
})

export const resendTo = endpoint({
  method: 'POST',
  path: '/messages/{id}/resend-to',
  permission: 'tickets.write',
  summary:
    'Send what a mail says to other recipients: a mail of its own, tied to the first, that can be taken back like any reply.',
  params: MessageParams,
  body: z.strictObject({
    to: z.array(AddressInput).min(1).max(50),
    cc: z.array(AddressInput).max(50).optional(),
    sendAnyway,
  }),
  result: Message,
  status: 201,
})

export const forwardMessages = endpoint({
  method: 'POST',
  path: '/tickets/{id}/forward',
  permission: 'tickets.write',
  summary:
    'Forward mails of a ticket to a third party with a note. Internal notes never go along, and no clock is answered.',
  params: z.strictObject({ id: id('tkt') }),
  body: z.strictObject({
    /** All mails of the ticket unless said. */
    messageIds: z.array(id('msg')).min(1).max(100).optional(),
    to: z.array(AddressInput).min(1).max(20),
    cc: z.array(AddressInput).max(20).optional(),
    ...NewBody,
    /** Their files go along; true unless said. */
    attachments: z.boolean().optional(),
    sendAnyway,
  }),
  result: Message,
  status: 201,
})
