import { splitReply, type InboundAttachment } from '#modules/inbox/ports.ts'
import { foldQuotes } from './fold-quotes.ts'
import { maskHtmlCards } from './mask-html-cards.ts'
import { sanitiseHtml } from './sanitise.ts'

/**
 * The HTML of a mail as it may be shown: sanitised, quotes folded where the mail answers something, card numbers masked.
 * Pictures of the mail point to `/files/part-0` and so on, by the place of their attachment, until `placePictures`.
 */
export function showHtml(
  html: string | undefined,
  attachments: readonly Pick<InboundAttachment, 'contentId'>[],
  isReply: boolean,
): { html: string | null; remoteImages: number; masked: number } {
  if (html === undefined) return { html: null, remoteImages: 0, masked: 0 }
  const placeOf = new Map(attachments.flatMap(({ contentId }, at) => (contentId ? [[contentId, at] as const] : [])))
  const clean = sanitiseHtml(html, {
    attachmentUrl: (contentId) => {
      const at = placeOf.get(contentId)
      return at === undefined ? undefined : `/files/part-${at}`
    },
  })
  if (clean.tooHeavy) return { html: null, remoteImages: 0, masked: 0 }
  const folded = isReply ? foldQuotes(clean.html, (text) => splitReply(text, { isReply: true })).html : clean.html
  const masked = maskHtmlCards(folded)
  return { html: masked.html, remoteImages: clean.remoteImages, masked: masked.masked }
}

/** Shown HTML with the addresses of its attachments; a picture without one stays empty. */
export function placePictures(html: string, addressOf: (attachment: number) => string | undefined): string {
  return html.replace(/(<img [^<>]*?src=")\/files\/part-(\d+)"/g, (_, start: string, at: string) => {
    return `${start}${addressOf(Number(at)) ?? ''}"`
  })
}
