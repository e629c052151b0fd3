import { describe, expect, it } from 'vitest'
import { absenceEnd } from './absence.ts'

const written = Temporal.PlainDate.from('2026-11-20')
const end = (text: string, subject = 'Automatic reply') => absenceEnd({ subject, text }, written)?.toString() ?? null

describe('how long an absence lasts', () => {
  it.each([
    ['en', 'I am out of the office until Thursday, 3 December 2026 with no access to mail.', '2026-12-03'],
    ['en, month first', 'I am away from November 23 through December 4th.', '2026-12-04'],
    ['en, back', 'Thank you for your mail. I will be back in the office on Monday, January 4.', '2027-01-03'],
    ['en, numbers that can be read one way only', 'I am on leave until 12/24/2026.', '2026-12-24'],
    ['de', 'Ich bin bis einschließlich 27.11.2026 nicht im Büro. Ihre Mail wird nicht weitergeleitet.', '2026-11-27'],
    ['de, without a year', 'ich bin vom 21.12. bis 6.1. im Urlaub.', '2027-01-06'],
    ['de, back', 'Ab dem 30. November 2026 bin ich wieder für Sie erreichbar.', '2026-11-29'],
    ['fr', "Je suis absente jusqu'au vendredi 4 décembre 2026 inclus.", '2026-12-04'],
    ['fr, back', 'Je serai de retour le 7 décembre.', '2026-12-06'],
    ['es', 'Estaré fuera de la oficina hasta el 2 de diciembre de 2026.', '2026-12-02'],
    ['pt', 'Estarei ausente até ao dia 30 de novembro.', '2026-11-30'],
    ['it', 'Sono fuori ufficio fino al 28 novembre 2026.', '2026-11-28'],
    ['nl', 'Ik ben afwezig t/m 1 december 2026.', '2026-12-01'],
    ['sv', 'Jag är ledig till och med den 30 november.', '2026-11-30'],
    ['pl', 'Jestem nieobecny do 5 grudnia 2026.', '2026-12-05'],
    ['ru', 'Я в отпуске до 7 декабря 2026 года.', '2026-12-07'],
    ['ja', '誠に勝手ながら、12月3日（木）まで休暇をいただいております。', '2026-12-03'],
    ['zh', '我将休假至2026年12月5日为止，期间无法回复邮件。', '2026-12-05'],
    ['ko', '2026년 12월 4일까지 휴가입니다.', '2026-12-04'],
    ['tr', '4 Aralık 2026 tarihine kadar ofis dışındayım.', '2026-12-04'],
    ['ISO', 'Out until 2026-12-31.', '2026-12-31'],
  ])('%s', (_, text, day) => {
    expect(end(text)).toBe(day)
  })

  it('is read from the subject as well', () => {
    expect(end('Please write to my colleague.', 'Out of office until 1 Dec')).toBe('2026-12-01')
  })

  it.each([
    ['nothing is said', 'I am out of the office and will answer when I am back.'],
    ['the day may be either', 'I am away until 03/04/2027.'],
    ['the day has passed', 'I am away until 2 January 2025.'],
    ['the day is far away', 'I am away until 2 January 2031.'],
    ['the date is of something else', 'Our office opened on 3 December 2026. I cannot read mail until further notice.'],
    ['there is no such day', 'Ich bin bis 31.11.2026 nicht da.'],
  ])('is not known when %s', (_, text) => {
    expect(end(text)).toBeNull()
  })

  it('takes no time on text that means harm', () => {
    expect(end('from '.repeat(1000) + 'until '.repeat(1000))).toBeNull()
    expect(end('1.1.'.repeat(1500))).toBeNull()
  })
})
