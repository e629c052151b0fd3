const classes =
  /(?:^|\s)(?:gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote|zmail_extra|WordSection1_quote|mail-quote|sh-quoted-content|front-blockquote)(?=\s|$)/
const ids =
  /^(?:divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|replySplit|reply-intro|isReplyContent|zwchr|stopSpelling|ms-outlook-mobile-quote|mail-editor-reference-message-container)$/i

/** How a mail program marks, in its HTML, where the quote begins; '' where nothing does. */
export function quoteMark(tag: string, attributes: Record<string, string>): '' | 'block' | 'rest' {
  const id = attributes.id ?? ''
  if (/^(?:divRplyFwdMsg|appendonsend|stopSpelling|zwchr)$/i.test(id)) return 'rest'
  // As a class of blockquote alone it is only how Gmail indents what a person writes.
  if (tag === 'div' && /(?:^|\s)gmail_quote(?:_container)?(?=\s|$)/.test(attributes.class ?? '')) return 'block'
  // Spark, GMX and WEB.DE name the element; Zimbra marks it.
  if (tag === 'div' && /^(?:messageReplySection|quote)$/.test(attributes.name ?? '')) return 'block'
  if (attributes['data-marker'] === '__QUOTED_TEXT__') return 'block'
  if (ids.test(id) || classes.test(attributes.class ?? '')) return 'block'
  if (tag === 'blockquote' && /^cite$/i.test(attributes.type ?? '')) return 'block'
  return ''
}
