import { addressIn } from './bounce-dsn.ts'

/** Where the notice of a mail system ends and the mail it returns begins. */
const dividers = new RegExp(
  [
    String.raw`^[-=_*\s]*(?:below this line is a copy|enclosed is a copy|below is a copy|included is a copy|the header of the original|this is a copy of (?:the|your) message|original message|message (?:header|follows|headers follow)|undelivered message|unsent message|returned message|copy of (?:the )?(?:original )?message|the (?:header|body) of the (?:original )?message|your original message|rejected message|content of the (?:original )?message|headers? of the (?:original|returned) message)\b.*$`,
    String.raw`^.{0,20}(?:original message (?:follows|headers|header|text)|the original message (?:headers|text|was as follows)|unsent message|message headers? follows?|original mail as follows|first \d+ lines of the original|following is the (?:original|returned)|this is the original message|diagnostic information for administrators).{0,40}$`,
    String.raw`^(?:Return-Path|Received|X-Envelope-From|DKIM-Signature|Message-ID): .*$`,
    String.raw`^.{0,8}(?:原文|送信した内容|以下は、?(?:元|あなた)).{0,30}$`,
  ].join('|'),
  'im',
)

export type Notice = { notice: string; returned: string }

/** Parts what a mail system says from the mail that it returns below. */
export function partNotice(text: string): Notice {
  const at = dividers.exec(text)
  if (!at || at.index < 5) return { notice: text, returned: '' }
  return { notice: text.slice(0, at.index), returned: text.slice(at.index).trimStart() }
}

type Family = {
  name: string
  tells: RegExp
  /** The first form that finds an address decides; the address is looked for in group 1. */
  forms: readonly RegExp[]
}

const address = String.raw`<?["']?[^\s<>"',;:()]+@[\w.-]+\w["']?>?`

/** The mail systems that write no delivery report, by words of their own, and where each puts the recipients. */
const families: readonly Family[] = [
  {
    name: 'amazon',
    tells: /"(?:notification|event)Type"\s*:\s*"(?:Bounce|Complaint)"/,
    forms: [/"emailAddress"\s*:\s*"([^"]+)"/g],
  },
  {
    name: 'exchange',
    tells: /did not reach the following recipient\(s\)|MSEXCH:|was not delivered to:/i,
    forms: [
      /^[ \t]*(?:'[^'\n]*'[ \t]+)?['"<]?([^\s<>"']+@[^\s<>"']+\w)['">]? on [A-Z\d]/gm,
      new RegExp(String.raw`was not delivered to:\s*(${address})`, 'gi'),
      /^\s*(?:smtp[:=])?([^\s<>:'"]+@[^\s<>:'"]+)\s*$/gim,
    ],
  },
  {
    name: 'google',
    tells: /gmail|googlemail|google (?:groups|tried)|message (?:wasn't|couldn't be) delivered|delivery incomplete/i,
    forms: [
      /^Delivery to the following recipients? (?:has been delayed|failed(?: permanently)?):\s*\n+\s*(\S+@\S+)/gim,
      /(?:wasn't delivered to|couldn't be delivered to|delivering your message to|permission to post to|address|to post messages to)\s+\**(\S+@[\w.-]+\w)/gi,
    ],
  },
  {
    name: 'mobile',
    tells:
      /each of the following (?:recipients|addresses)|could not be delivered to the following addresses|(?:ezweb|softbank|docomo|vodafone|kddi|au\.com)/i,
    forms: [
      new RegExp(String.raw`^[ \t]*(${address})[ \t]*$`, 'gm'),
      /^>>> RCPT TO:[ \t]*<?([^\s<>]+@[^\s<>]+)/gim,
      /the user\(s\) account is .*?\n+.*?<([^\s<>]+@[^\s<>]+)>/gis,
    ],
  },
]

/** How the others do it, strongest first. */
const common: readonly RegExp[] = [
  // Postfix, qmail, Courier and whoever follows them.
  /^[ \t>*]*<([^\s<>]+@[^\s<>]+)>(?:,? \(?.{0,80})?:/gm,
  /^[ \t]*(?:Final-Recipient|Original-Recipient|Failed-Recipient|Invalid recipients?|Recipients?|Failed (?:addresses?|recipients?)|Addresse?|Undeliverable Address|To-Address|E?-?mail address|Name of recipient|Unknown (?:user|address|recipient)|Invalid (?:user|address)|User Unknown|SMTP)\b[^\n:@]{0,30}[:：][ \t]*(?:rfc822;|smtp;|<)*[ \t]*(\S+@[^\s<>]+)/gim,
  /^[ \t]*(?:<|smtp:)?([^\s<>:"'();,|]+@[\w.-]+\w)>?(?:\.{3}|[ \t]*[:;]|[ \t]*\([^)\n]{0,80}\)[.:]?|[ \t]*(?:\[[^\]\n]*\]))?[ \t]*$/gm,
  /(?:^|\s)[45]\d\d[- ](?:[45]\.\d+\.\d+ )?<?([^\s<>:"'();,|]+@[\w.-]+\w)>?(?:\.{3}|:| )/gm,
  /RCPT TO:[ \t]*<?([^\s<>]+@[^\s<>]+)>?/gi,
  /(?:^|\b)(?:to|for|an|a|à|recipient|user|mailbox|address|account|addressee|reach)[:=]? ?[(<['"]{0,2}([^\s<>:"'();,|[\]]+@[\w.-]+\w)/gim,
  /<([^\s<>]+@[\w.-]+)>/g,
  /([^\s<>:"'();,|[\]=]+@[\w.-]+\w)/g,
]

/** Addresses that a notice says were not reached, in order; those in `not` (its reader, its writer) left out. */
export function recipientsIn(notice: string, not: ReadonlySet<string>): string[] {
  const forms = [...families.filter(({ tells }) => tells.test(notice)).flatMap((family) => family.forms), ...common]
  for (const form of forms) {
    const found = [...notice.matchAll(form)]
      .map((match) => addressIn(match[1] ?? ''))
      .filter((one) => one !== '' && !not.has(one) && !/^(?:postmaster|mailer-daemon|abuse|hostmaster)@/.test(one))
    if (found.length > 0) return [...new Set(found)].slice(0, 100)
  }
  return []
}

/** What the notice says about one of its recipients: from its address up to the next one's. */
export function wordsAbout(notice: string, recipient: string, all: readonly string[]): string {
  const lower = notice.toLowerCase()
  const own = lower.indexOf(recipient)
  if (own < 0 || all.length === 1) return notice
  const others = all.filter((one) => one !== recipient).map((one) => lower.indexOf(one, own))
  return notice.slice(own, Math.min(...others.filter((at) => at >= 0), notice.length))
}
