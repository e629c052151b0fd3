import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitReply } from '#modules/inbox/rules/quoted-reply.ts'
import { cleanTree, writeTree } from './clean-tree.ts'
import { foldQuotes } from './fold-quotes.ts'
import { sanitiseHtml } from './sanitise.ts'
import { textOfHtml } from './text.ts'

const clean = (html: string) => sanitiseHtml(html, { attachmentUrl: () => undefined }).html
const fold = (html: string) => foldQuotes(clean(html), splitReply)
const withoutFolds = (html: string) => html.replace(/<details class="quoted"><summary>•••<\/summary>|<\/details>/g, '')
const shown = (html: string) =>
  textOfHtml(html.replace(/<details class="quoted">[\s\S]*?<\/details>/g, ''))
    .replace(/\s+/g, ' ')
    .trim()

const attribution = 'On Mon, 3 Mar 2025 at 10:00, Ada Byron &lt;ada@example.org&gt; wrote:'

describe('a quote is folded', () => {
  it.each([
    [
      'Gmail',
      `<div dir="ltr">Done.</div><br><div class="gmail_quote"><div class="gmail_attr">${attribution}<br></div><blockquote class="gmail_quote">Twice!</blockquote></div>`,
    ],
    [
      'Apple Mail',
      `<div>Done.<br><blockquote type="cite"><div>${attribution}</div><div>Twice!</div></blockquote></div>`,
    ],
    [
      'Thunderbird',
      `Done.<br><div class="moz-cite-prefix">${attribution}</div><blockquote type="cite">Twice!</blockquote>`,
    ],
    [
      'Outlook on the web',
      '<div>Done.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ada</div><div>Twice!</div>',
    ],
    [
      'Outlook',
      '<div><p>Done.</p><div><p><b>From:</b> Ada Byron &lt;ada@example.org&gt;<br><b>Sent:</b> Monday, 3 March 2025 10:00<br><b>To:</b> Desk<br><b>Subject:</b> Twice</p></div><p>Twice!</p></div>',
    ],
    ['Yahoo', `<div>Done.</div><div class="yahoo_quoted"><div>${attribution}</div><div>Twice!</div></div>`],
    [
      'Proton',
      `<div>Done.</div><div class="protonmail_quote">${attribution}<br><blockquote class="protonmail_quote" type="cite">Twice!</blockquote><br></div>`,
    ],
    [
      'Spark',
      `<div name="messageBodySection">Done.</div><div name="messageReplySection">${attribution}<br><blockquote type="cite">Twice!</blockquote></div>`,
    ],
    [
      'GMX',
      '<div>Done.</div><div name="quote" style="margin:10px"><div><b>Gesendet:</b> Montag, 3. März 2025<br><b>Von:</b> Ada</div><div name="quoted-content">Twice!</div></div>',
    ],
    [
      'Outlook 365 in German',
      '<div><p>Done.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>Von:</b> Ada Byron &lt;ada@example.org&gt;<br><b>Gesendet:</b> Montag, 3. März 2025 10:00<br><b>An:</b> Desk<br><b>Betreff:</b> Zweimal</p></div><p>Twice!</p></div>',
    ],
    [
      'Outlook for iOS',
      '<div>Done.</div><div id="ms-outlook-mobile-quote"><hr><div><b>From:</b> Ada<br><b>Sent:</b> Monday</div><div>Twice!</div></div>',
    ],
    [
      'Samsung',
      '<div>Done.</div><br><div>-------- Original message --------</div><div>From: Ada Byron &lt;ada@example.org&gt;</div><div>Date: 03/03/2025 10:00</div><div>To: Desk</div><div>Subject: Twice</div><br><div>Twice!</div>',
    ],
    [
      'GroupWise',
      '<div>Done.</div><br><div>&gt;&gt;&gt; Ada Byron &lt;ada@example.org&gt; 03/03/25 10:00 AM &gt;&gt;&gt;</div><div>Twice!</div>',
    ],
    [
      'Lotus Notes',
      '<font>Done.</font><br><br><font>From: Ada Byron &lt;ada@example.org&gt;<br>To: Desk<br>Date: 03/03/2025 10:00<br>Subject: Twice</font><hr><br><font>Twice!</font>',
    ],
    ['a program without marks', `<p>Done.</p><p>${attribution}</p><blockquote>Twice!</blockquote>`],
  ])('as %s writes it', (_, html) => {
    const { html: result, folded } = fold(html)
    expect(folded).toBe(true)
    expect(shown(result)).toBe('Done.')
    expect(withoutFolds(result)).toBe(clean(html))
  })

  it.each([
    [
      'Gmail',
      `<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">${attribution}<br></div><blockquote class="gmail_quote">Which invoice?</blockquote><div>INV-7</div><blockquote class="gmail_quote">Which card?</blockquote><div>The blue one.</div></div></div>`,
    ],
    [
      'Proton',
      `<div class="protonmail_quote">${attribution}<br><blockquote type="cite">Which invoice?</blockquote><div>INV-7</div><blockquote type="cite">Which card?</blockquote><div>The blue one.</div></div>`,
    ],
  ])('with the answers between the lines shown, as %s writes them', (_, html) => {
    const { html: result } = fold(html)
    expect(shown(result)).toBe('INV-7 The blue one.')
    expect(withoutFolds(result)).toBe(clean(html))
  })

  it('each time, with the answers between shown', () => {
    const html =
      '<blockquote type="cite">Which invoice?</blockquote><p>INV-7</p><blockquote type="cite">Which card?</blockquote><p>4242</p>'
    expect(shown(fold(html).html)).toBe('INV-7 4242')
  })
})

describe('all is shown', () => {
  it.each([
    ['a mail without a quote', '<p>I was charged twice.</p>'],
    ['nothing but a quote', '<blockquote type="cite">Twice!</blockquote>'],
    [
      'a forwarded mail',
      '<div><br><div class="gmail_quote">---------- Forwarded message ---------<br>From: Bank<br><br>Charged.</div></div>',
    ],
    ['a passage someone indented', '<p>The terms say</p><blockquote>No refunds.</blockquote><p>Really?</p>'],
    ['what Gmail indents', 'Message<blockquote class="gmail_quote">My name is Ada.</blockquote>'],
  ])('of %s', (_, html) => {
    expect(fold(html)).toEqual({ html: clean(html), folded: false })
  })
})

it('never changes or loses a character', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<div class="gmail_quote">',
    '</div>',
    '<blockquote type="cite">',
    '</blockquote>',
    'Done.',
    attribution,
    '<table><tr><td>',
    '</td></tr></table>',
    '<br>',
    '<ul><li>',
    '</ul>',
    '<div id="divRplyFwdMsg">',
    '&lt;b&gt;',
    '<img src="https://a.example/x.png">',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
      const html = clean(parts.join(''))
      expect(writeTree(cleanTree(html))).toBe(html)
      expect(withoutFolds(foldQuotes(html, splitReply).html)).toBe(html)
    }),
    { numRuns: 1_000 },
  )
})

const folder = join(process.env.TEST_DATA_DIR ?? '../shared/data', 'email-reply-talon', 'fixtures', 'html_replies')

describe.skipIf(!existsSync(folder))('HTML replies of nine mail programs (skipped without TEST_DATA_DIR)', () => {
  it('show what is new', () => {
    const wrong = readdirSync(folder).filter((name) => {
      const visible = shown(fold(readFileSync(join(folder, name), 'utf8')).html).replace(/[\s-]+/g, '')
      return visible !== 'Hi.Iamfine.Thanks,Alex'
    })
    expect(wrong).toEqual([])
  })
})
