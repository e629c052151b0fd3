import * as z from 'zod'

/** What is to be known of a message beside its text. */
export const MessageFlag = z.enum([
  'reused_message_id',
  'auto_reply',
  'bounce',
  'complaint',
  'list',
  'parse_warnings',
  'subject_changed',
  'broadcast',
  'card_masked',
  'forward',
  'resend',
  'sent_elsewhere',
  'spoofed',
  'unproven_agent',
  'unproven_forward',
  'forwarded',
  'name_trick',
  'calendar_reply',
])
