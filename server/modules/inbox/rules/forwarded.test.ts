import { expect, it } from 'vitest'
import { readForwarded } from './forwarded.ts'

const body = 'Hello,\n\nI was charged twice.\n\nAnn'

const cases: [string, string, string][] = [
  [
    'Gmail',
    'Fwd: Charged twice',
    `Please look.\n\n---------- Forwarded message ---------\nFrom: Ann Example <ann@customer.test>\nDate: Mon, 2 Nov 2026 at 10:00\nSubject: Charged twice\nTo: <mia@desk.test>\n\n\n${body}`,
  ],
  [
    'Apple Mail',
    'Fwd: Charged twice',
    `Please look.\n\n> Begin forwarded message:\n> \n> From: Ann Example <ann@customer.test>\n> Subject: Charged twice\n> Date: 2 November 2026 at 10:00:00 CET\n> To: mia@desk.test\n> \n${body.replaceAll(/^/gm, '> ')}`,
  ],
  [
    'Outlook, German',
    'WG: Charged twice',
    `Please look.\n\nVon: Ann Example <ann@customer.test>\nGesendet: Montag, 2. November 2026 10:00\nAn: Mia <mia@desk.test>\nBetreff: Charged twice\n\n${body}`,
  ],
  [
    'Thunderbird, French',
    'Fwd: Charged twice',
    `Please look.\n\n-------- Message transféré --------\nSujet : Charged twice\nDate : Mon, 2 Nov 2026 10:00:00 +0100\nDe : Ann Example <ann@customer.test>\nPour : mia@desk.test\n\n\n${body}`,
  ],
  [
    'Gmail, Spanish',
    'Fwd: Charged twice',
    `Please look.\n\n---------- Mensaje reenviado ---------\nDe: Ann Example <ann@customer.test>\nFecha: lun, 2 nov 2026 a las 10:00\nAsunto: Charged twice\nPara: <mia@desk.test>\n\n${body}`,
  ],
  [
    'Outlook, Japanese',
    'FW: Charged twice',
    `Please look.\n\n差出人: Ann Example <ann@customer.test>\n送信日時: 2026年11月2日 10:00\n宛先: mia@desk.test\n件名: Charged twice\n\n${body}`,
  ],
]

it.each(cases)('%s', (_, subject, text) => {
  const mail = readForwarded({ subject, text })
  expect(mail).toMatchObject({
    from: { address: 'ann@customer.test', name: 'Ann Example' },
    subject: 'Charged twice',
    words: 'Please look.',
  })
  expect(mail?.text).toBe(body)
})

it('an answer that quotes is no forward, and neither is one without an address', () => {
  expect(
    readForwarded({ subject: 'Re: x', text: `Yes.\n\nFrom: Ann <ann@customer.test>\nTo: x@y.test\n\n${body}` }),
  ).toBeNull()
  expect(readForwarded({ subject: 'Fwd: x', text: `From: Berlin\nTo: Paris\n\n${body}` })).toBeNull()
})
