import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { normaliseSubject, stripSubject } from './subject.ts'

it.each([
  ['Re: Charged twice', 'charged twice'],
  ['RE: RE: Fwd: Charged twice', 'charged twice'],
  ['RE[2]: Charged twice', 'charged twice'],
  ['Re(3): Charged twice', 'charged twice'],
  ['Re^4: Charged twice', 'charged twice'],
  ['AW: WG: Zweimal belastet', 'zweimal belastet'],
  ['Antw: Dubbel afgeschreven', 'dubbel afgeschreven'],
  ['Doorst: Dubbel afgeschreven', 'dubbel afgeschreven'],
  ['SV: VB: Dubbel debitering', 'dubbel debitering'],
  ['VS: VL: Laskutettu kahdesti', 'laskutettu kahdesti'],
  ['TR : Réf : Double débit', 'double débit'],
  ['RV: Cobro doble', 'cobro doble'],
  ['RES: ENC: Cobrança dupla', 'cobrança dupla'],
  ['R: I: Addebito doppio', 'addebito doppio'],
  ['Odp: PD: Podwójna opłata', 'podwójna opłata'],
  ['YNT: İLT: Çift tahsilat', 'çift tahsilat'],
  ['Отв: Двойное списание', 'двойное списание'],
  ['回复：重复扣款', '重复扣款'],
  ['答复: 转发: 重复扣款', '重复扣款'],
  ['返信: 転送：二重請求', '二重請求'],
  ['회신: 이중 청구', '이중 청구'],
  ['[EXTERNAL] Re: Charged twice', 'charged twice'],
  ['Re: [Ticket #4711] Charged twice', 'charged twice'],
  ['[Acme #12] AW: Charged   twice ', 'charged twice'],
  ['[EXT] [SEC] Charged twice', 'charged twice'],
  ['Re:', ''],
  ['Refund: please', 'refund: please'],
  ['Invoice R: draft', 'invoice r: draft'],
  ['[Question] about seats', '[question] about seats'],
  ['Reply: all', 'reply: all'],
])('reads %j as %j', (subject, expected) => {
  expect(normaliseSubject(subject)).toBe(expected)
})

it('keeps the case of what is left', () => {
  expect(stripSubject('Fwd: AW: Invoice INV-12')).toBe('Invoice INV-12')
})

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('Re: ', 'AW:', '[EXT] ', 'x', ' ', 'Fwd[2]: ', '回复：')), (parts) => {
      const once = normaliseSubject(parts.join(''))
      expect(normaliseSubject(once)).toBe(once)
    }),
  )
})
