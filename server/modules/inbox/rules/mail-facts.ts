export type MailAddress = { address: string; name: string }

/** What a mail says about itself apart from its body; the rules decide on these alone. */
export type MailHeaders = {
  /** Envelope sender: '' for the null return path, undefined when neither envelope nor Return-Path is known. */
  returnPath?: string
  autoSubmitted?: string
  precedence?: string
  listId?: string
  listUnsubscribe: boolean
  xAutoResponseSuppress?: string
  /** X-Autoreply, X-Autorespond, X-Vacation and their kin, by name. */
  autoReplyMarks: readonly string[]
  /** X-Failed-Recipients and other headers that only a bounce carries, by name. */
  bounceMarks: readonly string[]
  /** The media type of the whole mail, lower case, without parameters. */
  contentType: string
  /** The report-type parameter of a multipart/report. */
  reportType?: string
  /** Media types of all parts, lower case. */
  partTypes: readonly string[]
  /** METHOD of a calendar part, upper case. */
  calendarMethod?: string
}

/** What a delivery report, feedback report or bounce in prose says about the mail it is about. */
export type MailReport = {
  kind: 'delivery_status' | 'feedback_report' | 'disposition_notification' | 'prose'
  /** Message-IDs of the mail that is reported on, without angle brackets; the likeliest first. */
  originalMessageIds: string[]
  recipient?: string
  action?: string
  /** Enhanced status code such as 5.1.1. */
  status?: string
  diagnostic?: string
}

/** What a report looks like before anybody asks what it means: text only, 64,000 characters each at most. */
export type ReportParts = {
  /** The machine-readable part: message/delivery-status, message/feedback-report. */
  fields: string
  /** The returned mail, or its headers. */
  returned: string
  /** X-Failed-Recipients. */
  failedRecipients: string
}

/** The part of an inbound mail that the rules read; an InboundMessage is one. */
export type MailFacts = {
  providerId?: string
  from: MailAddress
  replyTo?: MailAddress[]
  to: MailAddress[]
  cc: MailAddress[]
  subject: string
  text: string
  inReplyTo?: string
  references: string[]
  headers: MailHeaders
  report?: MailReport
  /** Absent where nothing looks like a report. */
  reportParts?: ReportParts
  attachments: { type: string; name: string }[]
}
