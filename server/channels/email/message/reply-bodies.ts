import * as linkify from 'linkifyjs'
import { cleanLine, cleanText, textOfHtml } from './text.ts'

export type Quoted = {
  text: string
  /** Sanitised. Pictures are left out: their addresses belong to this desk. */
  html?: string | null
  author: string
  /** RFC 3339. */
  date: string
}

export type ReplyInput = {
  /** What the agent wrote: plain text, or HTML that has been sanitised. */
  body: { text: string } | { html: string }
  /** Plain text, per team. */
  signature?: string
  /** Stands below what was written and above the signature. */
  below?: { text: string; html: string }
  quoted?: Quoted
  /** For the date in "On …, … wrote:". */
  timeZone?: string
}

/** Plain text and HTML of a reply, each with signature and quoted history, as mail programs expect to fold them. */
export function replyBodies(input: ReplyInput): { text: string; html: string } {
  const written =
    'html' in input.body
      ? { text: textOfHtml(input.body.html), html: input.body.html }
      : { text: input.body.text, html: htmlOfText(input.body.text) }
  const signature = cleanText(input.signature ?? '').trim()
  const lead = input.quoted ? attribution(input.quoted, input.timeZone ?? 'UTC') : ''
  const text = [
    cleanText(written.text).trimEnd(),
    input.below?.text ?? '',
    signature === '' ? '' : `-- \n${signature}`,
    input.quoted ? `${lead}\n${quoteText(input.quoted.text)}` : '',
  ]
  const html = [
    `<div>${written.html}</div>`,
    input.below?.html ?? '',
    signature === '' ? '' : `<div class="gmail_signature"><br>-- <br>${htmlOfText(signature)}</div>`,
    input.quoted ? quoteHtml(input.quoted, lead) : '',
  ]
  return { text: `${text.filter((part) => part !== '').join('\n\n')}\n`, html: html.join('\n') }
}

function attribution(quoted: Quoted, timeZone: string): string {
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    new Date(quoted.date),
  )
  return `On ${when} (${timeZone}), ${cleanLine(quoted.author)} wrote:`
}

function quoteText(text: string): string {
  return cleanText(text)
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n')
}

function quoteHtml(quoted: Quoted, lead: string): string {
  const inner = quoted.html
    ? quoted.html.replace(/<img\b[^<>]*>/g, '').replace(/ data-quote="[^"]*"/g, '')
    : htmlOfText(quoted.text)
  return [
    `<div class="gmail_quote"><div class="gmail_attr">${escapeHtml(lead)}<br></div>`,
    `<blockquote class="gmail_quote" type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${inner}</blockquote></div>`,
  ].join('')
}

/** Text as HTML with the same line breaks; addresses on the web become links. */
export function htmlOfText(text: string): string {
  const clean = cleanText(text)
  let html = ''
  let at = 0
  for (const found of linkify.find(clean, 'url')) {
    if (!/^https?:\/\//i.test(found.href)) continue
    html += escapeHtml(clean.slice(at, found.start))
    html += `<a href="${escapeHtml(found.href)}">${escapeHtml(found.value)}</a>`
    at = found.end
  }
  return (html + escapeHtml(clean.slice(at))).replace(/\n/g, '<br>\n')
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
