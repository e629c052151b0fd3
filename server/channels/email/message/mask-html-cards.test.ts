import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskHtmlCards } from './mask-html-cards.ts'
import { mail, read } from './mail.fixture.ts'
import { sanitiseHtml } from './sanitise.ts'

const html = (text: string) => maskHtmlCards(text).html

describe('a card number in HTML is masked', () => {
  it.each([
    ['in one text', '<p>Card 4242 4242 4242 4242.</p>', '<p>Card •••• 4242.</p>'],
    ['over inline tags', '<b>4242</b> 4242 <i>4242 42</i>42', '<b>•••• 4242</b><i></i>'],
    [
      'digit by digit',
      [...'4242424242424242'].map((one) => `<i>${one}</i>`).join(''),
      `<i>•••• 4242</i>${'<i></i>'.repeat(15)}`,
    ],
    [
      'over cells',
      '<tr><td>4242</td><td>4242</td><td>4242</td><td>4242</td></tr>',
      '<tr><td>•••• 4242</td><td></td><td></td><td></td></tr>',
    ],
    ['with entities between', '4242&nbsp;4242&nbsp;4242&nbsp;4242&nbsp;!', '•••• 4242&nbsp;!'],
    ['beside others', '<p>4242424242424242</p><p>5555555555554444</p>', '<p>•••• 4242</p><p>•••• 4444</p>'],
    ['in words of a picture', '<img alt="4242424242424242" />', '<img alt="•••• 4242" />'],
  ])('%s', (_, given, expected) => {
    expect(html(given)).toBe(expected)
  })

  it('and not in addresses of links and pictures', () => {
    const link = '<a href="https://shop.example/4242424242424242">look</a><img src="/files/part-0" />'
    expect(maskHtmlCards(link)).toEqual({ html: link, masked: 0 })
  })
})

it('HTML without a card stays as it is', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '&nbsp;',
    '&amp;',
    '12',
    '3456',
    'x ',
    '\n',
    '<br />',
    '4',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const clean = sanitiseHtml(pieces.join(''), { attachmentUrl: () => undefined }).html
      const { html: after, masked } = maskHtmlCards(clean)
      if (masked === 0) expect(after).toBe(clean)
      expect(after.replace(/[^<>]/g, '')).toBe(clean.replace(/[^<>]/g, ''))
    }),
  )
})

describe('a mail with a card number', () => {
  it('shows it nowhere and says so', async () => {
    const message = await read(
      mail(
        { Subject: 'Card 4242424242424242', 'Content-Type': 'text/html', 'In-Reply-To': '<a@x>' },
        '<p>My card: 4242<b>4242</b>4242 4242</p>',
      ),
    )
    expect(message.cardMasked).toBe(true)
    expect([message.subject, message.text, message.shown.html?.trim()]).toEqual([
      'Card •••• 4242',
      'My card: •••• 4242',
      '<p>My card: •••• 4242<b></b></p>',
    ])
    expect(JSON.stringify({ ...message, html: '' })).not.toMatch(/4242 ?4242/)
  })

  it('is not seen where there is none', async () => {
    const message = await read(mail({ Subject: 'Order 4242424242424241' }, 'Order 4242424242424241'))
    expect([message.cardMasked, message.text.trim()]).toEqual([false, 'Order 4242424242424241'])
  })
})
