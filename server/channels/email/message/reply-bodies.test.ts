import { describe, expect, it } from 'vitest'
import { splitReply } from '#modules/inbox/rules/quoted-reply.ts'
import { htmlOfText, replyBodies } from './reply-bodies.ts'

const quoted = { text: 'I was charged twice.\n> older', author: 'Ada Byron', date: '2025-03-03T10:00:00Z' }

describe('the bodies of a reply', () => {
  const bodies = replyBodies({
    body: { text: 'Refunded & done.\nSee https://desk.example/r?a=1&b=2.' },
    signature: 'Desk\nSupport',
    quoted,
    timeZone: 'Europe/Berlin',
  })

  it('hold what was written, the signature and the history, in text', () => {
    expect(bodies.text).toBe(
      'Refunded & done.\nSee https://desk.example/r?a=1&b=2.\n\n-- \nDesk\nSupport\n\nOn 3 March 2025 at 11:00 (Europe/Berlin), Ada Byron wrote:\n> I was charged twice.\n>> older\n',
    )
  })

  it('and in HTML, in the marks that mail programs fold by', () => {
    expect(bodies.html).toContain('Refunded &amp; done.<br>')
    expect(bodies.html).toContain(
      '<a href="https://desk.example/r?a=1&amp;b=2">https://desk.example/r?a=1&amp;b=2</a>.',
    )
    expect(bodies.html).toMatch(/<div class="gmail_quote">.*<blockquote class="gmail_quote" type="cite"/s)
  })

  it('are folded by our own reader when they come back', () => {
    const split = splitReply(`Thanks!\n\n${bodies.text}`)
    expect(split.quote).toContain('I was charged twice.')
    expect(split.reply).not.toContain('I was charged twice.')
  })

  it('make the text out of HTML when HTML was written', () => {
    expect(replyBodies({ body: { html: '<p>Hello <b>Ada</b></p><p>Bye</p>' } }).text).toBe('Hello Ada\n\nBye\n')
  })

  it('quote HTML without its pictures, which belong to this desk', () => {
    const html = '<p>Look <img src="/api/v1/attachments/att_1?sig=secret" alt="x" /> here</p>'
    expect(replyBodies({ body: { text: 'ok' }, quoted: { ...quoted, html } }).html).not.toContain('secret')
  })

  it('do not let a name or a text become HTML', () => {
    const evil = '<script>alert(1)</script>'
    const { html } = replyBodies({
      body: { text: evil },
      signature: evil,
      quoted: { ...quoted, text: evil, author: evil },
    })
    expect(html).not.toContain('<script')
    expect(htmlOfText('javascript:alert(1) "quoted"')).toBe('javascript:alert(1) &quot;quoted&quot;')
  })
})
