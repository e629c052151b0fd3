import { describe, expect, it } from 'vitest'
import { attacks } from './attacks.fixture.ts'
import { allowRemoteImages, sanitiseHtml } from './sanitise.ts'

const attachmentUrl = (contentId: string) => (contentId === 'logo@shop' ? '/api/v1/attachments/att_1?sig=s' : undefined)
const clean = (html: string) => sanitiseHtml(html, { attachmentUrl }).html

/** What a browser could act on. The text of an attack may stay: it is only text. */
const dangerous =
  /<\s*(?:script|style|iframe|object|embed|svg|math|form|input|button|textarea|select|link|meta|base|frame|frameset|applet|video|audio|source|template|noscript|xml|marquee|isindex|dialog|portal)\b|\son\w+\s*=\s*["']?|(?:href|src|action|formaction|background|poster|srcset|xlink:href)\s*=\s*["']?\s*(?:javascript|vbscript|data:text|data:image\/svg|data:application|file|blob)|style="[^"]*(?:url\(|expression|@import|behavior|-moz-binding|position|javascript|\\)/i

it.each(attacks)('leaves nothing to act on in %s', (attack) => {
  const html = clean(attack)
  const tagsOnly = (text: string) =>
    (text.match(/<[^<>]*>/g) ?? []).map((tag) => tag.replace(/(?<=(?:title|alt|lang)=")[^"]*/g, '')).join('')
  expect(tagsOnly(html)).not.toMatch(dangerous)
  expect(tagsOnly(allowRemoteImages(html))).not.toMatch(dangerous)
  expect(tagsOnly(clean(html))).not.toMatch(dangerous)
})

it('would see an attack that came through', () => {
  for (const bad of [
    '<script>',
    '<img src="x" onerror="a">',
    '<a href="javascript:a">',
    '<p style="position:fixed">',
  ]) {
    expect(bad).toMatch(dangerous)
  }
})

describe('what a mail looks like', () => {
  it('stays', () => {
    const html =
      '<table width="600" cellpadding="4"><tbody><tr><td align="right" style="color:#333;padding:4px 8px">Total</td></tr></tbody></table><blockquote>Quoted</blockquote><ul><li><b>Bold</b></li></ul>'
    expect(clean(html)).toBe(html)
  })

  it('loses styles that reach out and keeps the others', () => {
    expect(clean('<p style="color:red; background: url(http://t.example/x); font-size:12px">x</p>')).toBe(
      '<p style="color:red;font-size:12px">x</p>',
    )
  })

  it.each([
    'font-size:0',
    'font-size:1px',
    'font-size:0.1em',
    'font-size:1%',
    'color:transparent',
    'color:#ffffff00',
    'color:rgba(0,0,0,0)',
    'opacity:0',
    'visibility:hidden',
    'position:fixed',
    'z-index:9',
    'transform:scale(0)',
    'text-indent:-9999px',
    'margin-left:-9999px',
    'letter-spacing:-1em',
    'clip-path:inset(100%)',
    'overflow:hidden',
    'filter:opacity(0)',
    'width:99999px',
  ])('loses %s, which hides words or covers others', (style) => {
    expect(clean(`<p style="${style}">x</p>`)).toBe('<p>x</p>')
  })

  it.each([
    'font-size:12px',
    'font-size:0.8em',
    'font-size:9pt',
    'font-size:85%',
    'color:#333',
    'color:rgba(0,0,0,.6)',
    'color:red',
  ])('keeps %s', (style) => {
    expect(clean(`<p style="${style}">x</p>`)).toBe(`<p style="${style}">x</p>`)
  })

  it('keeps the words of tags it does not know', () => {
    expect(clean('<o:p>One</o:p> <custom>two</custom> <label>three</label>')).toBe('One two three')
  })

  it('keeps the words below any depth', () => {
    expect(clean(`${'<div>'.repeat(400)}deep${'</div>'.repeat(400)}after`)).toMatch(/deep.*after/)
  })
})

describe('links', () => {
  it('open elsewhere and cannot reach back', () => {
    expect(clean('<a href="https://shop.example/?a=1&amp;b=2" target=_top>x</a>')).toBe(
      '<a href="https://shop.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">x</a>',
    )
    expect(clean('<a href="mailto:ada@example.org">x</a>')).toContain('href="mailto:ada@example.org"')
  })

  it('into this desk are no links', () => {
    expect(clean('<a href="/api/v1/agents">x</a>')).toBe('<a>x</a>')
  })
})

describe('pictures', () => {
  it('elsewhere wait until they are allowed', () => {
    const found = sanitiseHtml('<img src="https://t.example/1.gif" alt="a"><img src="//t.example/2.gif">', {
      attachmentUrl,
    })
    expect(found.remoteImages).toBe(2)
    expect(found.html).not.toMatch(/ src="/)
    expect(allowRemoteImages(found.html)).toBe(
      '<img alt="a" src="https://t.example/1.gif" /><img src="https://t.example/2.gif" />',
    )
  })

  it('of the mail are shown at once', () => {
    expect(clean('<img src="cid:logo@shop">')).toBe('<img src="/api/v1/attachments/att_1?sig=s" />')
    expect(clean('<img src="CID:logo%40shop">')).toBe('<img src="/api/v1/attachments/att_1?sig=s" />')
    expect(clean('<img src="cid:unknown">')).toBe('<img />')
  })

  it('in the mail itself are shown while they are small', () => {
    const small = 'data:image/png;base64,iVBORw0KGgo='
    expect(clean(`<img src="${small}">`)).toBe(`<img src="${small}" />`)
    expect(clean(`<img src="data:image/png;base64,${'A'.repeat(200_000)}">`)).toBe('<img />')
  })

  it('are allowed in tags only, never in what someone wrote', () => {
    const text = 'write data-remote-src="x" &lt;img data-remote-src="y"'
    expect(allowRemoteImages(clean(text))).toBe(clean(text))
  })
})

it('marks what the mail program says is a quote', () => {
  expect(clean('<div class="gmail_quote gmail_quote_container">x</div>')).toBe('<div data-quote="block">x</div>')
  expect(clean('<blockquote type="cite">x</blockquote>')).toBe('<blockquote data-quote="block">x</blockquote>')
  expect(clean('<div id="divRplyFwdMsg">x</div>')).toBe('<div data-quote="rest">x</div>')
  expect(clean('<div data-quote="rest">x</div>')).toBe('<div>x</div>')
})

it('gives up on HTML that is too heavy to show', () => {
  expect(sanitiseHtml('<p>x</p>'.repeat(300_000), { attachmentUrl })).toEqual({
    html: '',
    remoteImages: 0,
    tooHeavy: true,
  })
})
