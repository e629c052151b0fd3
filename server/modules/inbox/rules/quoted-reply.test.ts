import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitReply } from './quoted-reply.ts'

const joined = (text: string, options = {}) =>
  splitReply(text, options)
    .segments.map((segment) => segment.text)
    .join('')

describe('a mail is parted without losing a character', () => {
  const piece = fc.constantFrom(
    ...'Hello|On Mon, 3 Mar 2025 at 10:00, Ada <ada@example.org> wrote:|Am 3.3.2025 um 10:00 schrieb Ada:|> quoted|>> older'.split(
      '|',
    ),
    ...'-- |Ada Byron|From: ada@example.org|Sent: Monday, 3 March 2025 10:00|To: support|Subject: Re: x||Thanks,|> wrote:'.split(
      '|',
    ),
    ...'-----Original Message-----|---------- Forwarded message ----------|_____________| |\t> x'.split('|'),
  )
  const mails = fc
    .array(fc.oneof(piece, fc.string()), { maxLength: 25 })
    .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)))

  it('whatever it holds', () => {
    fc.assert(
      fc.property(
        mails,
        fc.option(fc.constantFrom('Ada Byron', 'ada@example.org')),
        fc.boolean(),
        (text, sender, isReply) => {
          expect(joined(text, { ...(sender ? { sender } : {}), isReply })).toBe(text)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('never showing nothing of a mail that says something', () => {
    fc.assert(
      fc.property(mails, (text) => {
        fc.pre(text.trim() !== '')
        expect(splitReply(text).reply.trim()).not.toBe('')
      }),
      { numRuns: 1_000 },
    )
  })
})

const quote = '\n> I was charged twice.\n> Ada\n'
const attributions: [string, string][] = [
  ['English', 'On Mon, 3 Mar 2025 at 10:00, Ada Byron <ada@example.org> wrote:'],
  ['English, two lines', 'On Mon, 3 Mar 2025 at 10:00, Ada Byron\n<ada@example.org> wrote:'],
  ['German', 'Am 03.03.25 um 10:00 schrieb Ada Byron:'],
  ['German, with address', 'Am Mo., 3. März 2025 um 10:00 Uhr schrieb Ada Byron <ada@example.org>:'],
  ['French', 'Le lun. 3 mars 2025 à 10:00, Ada Byron <ada@example.org> a écrit :'],
  ['Spanish', 'El lun, 3 mar 2025 a las 10:00, Ada Byron (<ada@example.org>) escribió:'],
  ['Italian', 'Il giorno lun 3 mar 2025 alle ore 10:00 Ada Byron <ada@example.org> ha scritto:'],
  ['Portuguese', 'Em seg., 3 de mar. de 2025 às 10:00, Ada Byron <ada@example.org> escreveu:'],
  ['Dutch', 'Op ma 3 mrt 2025 om 10:00 schreef Ada Byron <ada@example.org>:'],
  ['Swedish', 'Den mån 3 mars 2025 kl 10:00 skrev Ada Byron <ada@example.org>:'],
  ['Danish', 'Den man. 3. mar. 2025 kl. 10.00 skrev Ada Byron <ada@example.org>:'],
  ['Norwegian', 'man. 3. mar. 2025 kl. 10:00 skrev Ada Byron <ada@example.org>:'],
  ['Finnish', 'ma 3. maalisk. 2025 klo 10.00 Ada Byron (ada@example.org) kirjoitti:'],
  ['Polish', 'pon., 3 mar 2025 o 10:00 Ada Byron <ada@example.org> napisał(a):'],
  ['Czech', 'po 3. 3. 2025 v 10:00 odesílatel Ada Byron <ada@example.org> napsal:'],
  ['Turkish', 'Ada Byron <ada@example.org>, 3 Mar 2025 Pzt, 10:00 tarihinde şunu yazdı:'],
  ['Russian', 'пн, 3 мар. 2025 г. в 10:00, Ada Byron <ada@example.org>:'],
  ['Russian, verb', '3 марта 2025 г., 10:00 Ada Byron написала:'],
  ['Ukrainian', 'пн, 3 бер. 2025 р. о 10:00 Ada Byron <ada@example.org> пише:'],
  ['Vietnamese', 'Vào Th 2, 3 thg 3, 2025 vào lúc 10:00 Ada Byron <ada@example.org> đã viết:'],
  ['Japanese', '2025年3月3日(月) 10:00 Ada Byron <ada@example.org>:'],
  ['Chinese', '在 2025年3月3日，10:00，Ada Byron <ada@example.org> 写道：'],
  ['Chinese, traditional', 'Ada Byron <ada@example.org> 於 2025年3月3日 週一 上午10:00寫道：'],
  ['Korean', '2025년 3월 3일 (월) 오전 10:00, Ada Byron <ada@example.org>님이 작성:'],
]

describe.each(attributions)('the attribution in %s', (_, line) => {
  it('goes with its quote', () => {
    const split = splitReply(`We have refunded it.\n\n${line}\n${quote}`)
    expect(split.reply.trim()).toBe('We have refunded it.')
    expect(split.quote).toContain('I was charged twice.')
  })

  it('leaves an answer below the quote visible', () => {
    const split = splitReply(`${line}\n${quote}\nAnd now it says declined.`)
    expect(split.reply.trim()).toBe('And now it says declined.')
  })
})

describe.each([
  [
    'English',
    'From: Ada Byron <ada@example.org>\nSent: Monday, 3 March 2025 10:00\nTo: Support\nSubject: Charged twice',
  ],
  ['German', 'Von: Ada Byron\nGesendet: Montag, 3. März 2025 10:00\nAn: Support\nBetreff: Zweimal belastet'],
  ['French', 'De : Ada Byron\nEnvoyé : lundi 3 mars 2025 10:00\nÀ : Support\nObjet : Double débit'],
  ['Spanish', 'De: Ada Byron\nEnviado: lunes, 3 de marzo de 2025 10:00\nPara: Support\nAsunto: Cobro doble'],
  ['Italian', 'Da: Ada Byron\nInviato: lunedì 3 marzo 2025 10:00\nA: Support\nOggetto: Addebito doppio'],
  [
    'Portuguese',
    'De: Ada Byron\nEnviado: segunda-feira, 3 de março de 2025 10:00\nPara: Support\nAssunto: Cobrança dupla',
  ],
  ['Dutch', 'Van: Ada Byron\nVerzonden: maandag 3 maart 2025 10:00\nAan: Support\nOnderwerp: Dubbel'],
  ['Swedish', 'Från: Ada Byron\nSkickat: den 3 mars 2025 10:00\nTill: Support\nÄmne: Dubbelt'],
  ['Danish', 'Fra: Ada Byron\nSendt: 3. marts 2025 10:00\nTil: Support\nEmne: Dobbelt'],
  ['Polish', 'Od: Ada Byron\nWysłano: poniedziałek, 3 marca 2025 10:00\nDo: Support\nTemat: Podwójnie'],
  ['Russian', 'От: Ada Byron\nОтправлено: 3 марта 2025 г. 10:00\nКому: Support\nТема: Дважды'],
  ['Chinese', '发件人: Ada Byron\n发送时间: 2025年3月3日 10:00\n收件人: Support\n主题: 重复'],
  ['bold', '*From:* Ada Byron <ada@example.org>\n*Sent:* Monday, 3 March 2025 10:00\n*To:* Support\n*Subject:* Twice'],
])('the header block in %s', (_, block) => {
  it('begins the quote, with the rule above it', () => {
    const split = splitReply(`Thank you!\n\n________________________________\n${block}\n\nI was charged twice.`)
    expect(split.reply.trim()).toBe('Thank you!')
    expect(split.quote).toContain('____')
  })
})

it.each([
  ['a sentence about what was written', 'On 3 May 2025 you wrote:\nthat I would get a refund. Where is it?'],
  ['a journey', 'Please book:\n\nFrom: Berlin\nTo: Paris\nDate: 3 May\n\nand send the invoice.'],
  [
    'an appointment',
    'Invitation:\n\nDate: Wednesday 3, October 2011\nTime: 7:00am\nAddress: 130 Fox St\n\nBring your ID.',
  ],
  ['a shell prompt', 'I ran\n> npm install\nand it failed.'],
  [
    'a forwarded mail',
    'See below.\n\n---------- Forwarded message ---------\nFrom: Bank <b@bank.example>\nDate: Mon, 3 Mar 2025 10:00\nSubject: Notice\nTo: me\n\nYour card was charged.',
  ],
  ['a mail that is nothing but a quote', '> Are you there?\n> Ada'],
  ['a heading', 'What I wrote:\nnothing of importance'],
])('shows all of %s', (_, text) => {
  expect(splitReply(text)).toMatchObject({ reply: text, quote: '' })
})

it('shows the answers between the lines and folds each quote', () => {
  const text =
    'On Mon, 3 Mar 2025 at 10:00, Desk <support@desk.example> wrote:\n> Which invoice?\n\nINV-7.\n\n> Which card?\n\nThe one ending in 4242.\n'
  const split = splitReply(text)
  expect(split.reply).toContain('INV-7.')
  expect(split.reply).toContain('The one ending in 4242.')
  expect(split.quote).toContain('Which invoice?')
})

it('does not take the words before an attribution for a part of it', () => {
  const split = splitReply(
    'On reflection, I agree to 2 seats.\nOn Mon, 3 Mar 2025 at 10:00, Desk <s@desk.example> wrote:\n> So?',
  )
  expect(split.reply.trim()).toBe('On reflection, I agree to 2 seats.')
})

it('finds no quote in a mail that answers nothing', () => {
  const form =
    'New request\n\nFrom: Ada <ada@example.org>\nDate: 3 March 2025 10:00\nSubject: Help\n\nI was charged twice.'
  expect(splitReply(form, { isReply: false }).reply).toBe(form)
})

describe('the signature', () => {
  it('is what follows two dashes', () => {
    expect(splitReply('Thanks for the refund.\n\n-- \nAda Byron\nAnalytical Engines')).toMatchObject({
      reply: 'Thanks for the refund.\n\n',
      signature: '-- \nAda Byron\nAnalytical Engines',
    })
  })

  it('is found above a quote', () => {
    const split = splitReply('Done.\n\n-- \nAda\n\nOn Mon, 3 Mar 2025 at 10:00, Desk <s@desk.example> wrote:\n> So?')
    expect([split.reply.trim(), split.signature.trim()]).toEqual(['Done.', '-- \nAda'])
  })

  it('is a closing with the name of the sender', () => {
    expect(splitReply('It works now.\n\nKind regards,\nAda', { sender: 'Ada Byron' }).signature).toBe(
      'Kind regards,\nAda',
    )
  })

  it.each([
    'Thanks,\nbut it still fails with error 42 every time I try it',
    'I sent it.\n\nAda',
    '-- \nAda',
    'Prices:\n-- FOUR seats\n-- EIGHT seats',
  ])('is not seen in %j', (text) => {
    expect(splitReply(text, { sender: 'Ada Byron' }).signature).toBe('')
  })
})
