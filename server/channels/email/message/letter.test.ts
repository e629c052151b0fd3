import { expect, test } from 'vitest'
import { directionOf, languageOf } from './language.ts'
import { letterOf } from './letter.ts'
import { replyBodies } from './reply-bodies.ts'
import { textOfHtml } from './text.ts'

const quoted = { text: 'I see two charges.', author: 'Ann', date: '2026-01-02T10:00:00Z' }
const bodies = replyBodies({ body: { text: 'Hello Ann,\n\nwe refunded one.' }, signature: 'Your support', quoted })
const letter = letterOf(bodies.html, bodies.text)

test('a letter is a whole document that needs nothing from elsewhere', () => {
  expect(letter).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/)
  expect(letter).toContain('max-width:600px')
  expect(letter).toContain('overflow-wrap:anywhere')
  expect(letter).not.toMatch(/<style|<link|<script|<table|@import|url\(|src=/i)
  // A colour of its own would be unreadable in somebody's dark theme.
  expect(letter).not.toMatch(/[^-]color:(?!-)|background/i)
})

test('its text says what the plain part says', () => {
  const words = (text: string) => text.replace(/^[> ]+/gm, '').match(/[\p{L}\p{N}]+/gu)
  expect(words(textOfHtml(letter))).toEqual(words(bodies.text))
})

test.each([
  ['Hello, we have received your message and will answer it.', 'en', 'ltr'],
  ['Hallo, wir haben Ihre Nachricht erhalten und das Konto ist nicht gesperrt.', 'de', 'ltr'],
  ['Bonjour, nous avons reçu votre message et vous répondrons.', 'fr', 'ltr'],
  ['שלום, קיבלנו את ההודעה שלך', 'he', 'rtl'],
  ['مرحبا، لقد استلمنا رسالتك', 'ar', 'rtl'],
  ['メッセージを受け取りました。', 'ja', 'ltr'],
  ['12345', 'en', 'ltr'],
])('%s is %s, %s', (text, language, direction) => {
  expect([languageOf(text), directionOf(text)]).toEqual([language, direction])
})
