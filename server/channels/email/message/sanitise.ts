import sanitizeHtml from 'sanitize-html'
import { harmlessStyles } from './harmless-styles.ts'
import { quoteMark } from './quote-marker.ts'

export type SanitisedHtml = {
  html: string
  /** How many pictures are withheld because they lie on someone else's server. */
  remoteImages: number
  /** Too large or too deep to be shown as HTML: show the text. */
  tooHeavy: boolean
}

const tags = [
  'a b i u s em strong small big sub sup tt code pre kbd samp var p br hr wbr div span center font blockquote q cite',
  'h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td img address article',
  'section header footer main aside figure figcaption del ins mark abbr strike',
]
  .join(' ')
  .split(' ')
const dropWithContent = [
  'script',
  'style',
  'title',
  'textarea',
  'option',
  'select',
  'noscript',
  'noembed',
  'noframes',
  'xmp',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'template',
  'head',
  'video',
  'audio',
  'canvas',
  'plaintext',
  'listing',
]
const cell = ['align', 'valign', 'width', 'height', 'bgcolor', 'colspan', 'rowspan', 'nowrap']
const smallPicture = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i
const maxDataUrl = 100_000
const maxHtml = 1_500_000
const maxTags = 40_000

/**
 * A mail's HTML as it may be shown in a sandboxed frame: an allow-list of tags, attributes and CSS; links
 * that cannot reach back; pictures of the mail itself by `attachmentUrl(cid)`; pictures elsewhere withheld
 * in data-remote-src until `allowRemoteImages`. Quotes that the mail program marked carry data-quote.
 */
export function sanitiseHtml(
  html: string,
  options: { attachmentUrl: (contentId: string) => string | undefined },
): SanitisedHtml {
  if (html.length > maxHtml || countOf(html, '<') > maxTags) return { html: '', remoteImages: 0, tooHeavy: true }
  let remoteImages = 0
  const image = (given: Record<string, string>): Record<string, string> => {
    const attributes = keep(given, ['alt', 'title', 'width', 'height', 'align', 'style', 'border'])
    const source = (given.src ?? '').trim()
    const contentId = /^cid:(.+)$/is.exec(source)?.[1]
    if (contentId !== undefined) {
      const url = options.attachmentUrl(decoded(contentId).replace(/^<|>$/g, ''))
      return url === undefined ? attributes : { ...attributes, src: url }
    }
    if (smallPicture.test(source) && source.length <= maxDataUrl) return { ...attributes, src: source }
    if (!/^(?:https?:)?\/\/[^\s/]/i.test(source)) return attributes
    remoteImages++
    return { ...attributes, 'data-remote-src': source.startsWith('//') ? `https:${source}` : source }
  }
  const clean = sanitizeHtml(html, {
    allowedTags: tags,
    nonTextTags: dropWithContent,
    disallowedTagsMode: 'discard',
    nestingLimit: 150,
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align', 'data-quote'],
      a: ['href', 'target', 'rel', 'name'],
      img: ['src', 'alt', 'width', 'height', 'border', 'data-remote-src'],
      font: ['color', 'face', 'size'],
      table: [...cell, 'border', 'cellpadding', 'cellspacing'],
      ...Object.fromEntries(['tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'col', 'colgroup'].map((tag) => [tag, cell])),
      ol: ['start', 'type'],
      ul: ['type'],
      hr: ['width', 'size', 'color'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    // What reaches src went through `image`: our own address, a small picture, or nothing.
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src', 'data-remote-src'],
    allowProtocolRelative: false,
    allowedStyles: { '*': harmlessStyles },
    transformTags: {
      '*': (tagName, attributes) => ({
        tagName,
        attribs:
          tagName === 'img' ? image(attributes) : tagName === 'a' ? link(attributes) : marked(tagName, attributes),
      }),
    },
  })
  return { html: clean, remoteImages, tooHeavy: false }
}

/** Lets the withheld pictures of sanitised HTML load. */
export function allowRemoteImages(html: string): string {
  return html.replace(/<img ([^<>]*?)data-remote-src="/g, '<img $1src="')
}

function link(given: Record<string, string>): Record<string, string> {
  const href = (given.href ?? '').trim()
  const attributes = keep(given, ['title', 'style', 'dir', 'lang'])
  if (!/^(?:https?:\/\/|mailto:|tel:)/i.test(href)) return attributes
  return { ...attributes, href, target: '_blank', rel: 'noopener noreferrer' }
}

function marked(tag: string, given: Record<string, string>): Record<string, string> {
  const { 'data-quote': _, 'data-remote-src': __, ...attributes } = given
  const mark = quoteMark(tag, given)
  return mark === '' ? attributes : { ...attributes, 'data-quote': mark }
}

function keep(given: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function countOf(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count++
  return count
}
