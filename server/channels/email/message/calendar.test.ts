import { expect, test } from 'vitest'
import { readCalendar } from './calendar.ts'

const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Office',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]
const read = (method: string, event: string[], more: string[] = [], part: object = {}) =>
  readCalendar({
    attachments: [
      {
        mimeType: 'text/calendar',
        filename: null,
        disposition: null,
        content: [
          'BEGIN:VCALENDAR',
          `METHOD:${method}`,
          ...more,
          'BEGIN:VEVENT',
          'UID:1',
          ...event,
          'END:VEVENT',
          'END:VCALENDAR',
        ].join('\r\n'),
        ...part,
      },
    ],
  } as never)

test.each([
  ['UTC', 'DTSTART:20261102T090000Z', [], '2026-11-02T09:00:00Z'],
  ['a zone by its name', 'DTSTART;TZID=Europe/Berlin:20260702T110000', [], '2026-07-02T09:00:00Z'],
  ['a zone of its own, in winter', 'DTSTART;TZID=Office:20261102T100000', zone, '2026-11-02T09:00:00Z'],
  ['a zone of its own, in summer', 'DTSTART;TZID=Office:20260702T110000', zone, '2026-07-02T09:00:00Z'],
  ['a day', 'DTSTART;VALUE=DATE:20261102', [], '2026-11-02'],
])('reads a time in %s', (_, line, more, expected) => {
  expect(read('REQUEST', ['SUMMARY:Call', line], more)?.start).toBe(expected)
})

test('reads who invites to what and where', () => {
  const card = read('REQUEST', [
    'SUMMARY:Review\\, second part',
    'DTSTART:20261102T090000Z',
    'DTEND:20261102T093000Z',
    'LOCATION:Room 4',
    'ORGANIZER;CN=Ann Example:mailto:ann@customer.test',
  ])
  expect(card).toEqual({
    method: 'REQUEST',
    title: 'Review, second part',
    start: '2026-11-02T09:00:00Z',
    end: '2026-11-02T09:30:00Z',
    allDay: false,
    location: 'Room 4',
    organiser: { email: 'ann@customer.test', name: 'Ann Example' },
    answer: null,
  })
})

test('reads how an invitation was answered', () => {
  const card = read('REPLY', [
    'SUMMARY:Call',
    'DTSTART:20261102T090000Z',
    'ATTENDEE;PARTSTAT=DECLINED:mailto:bob@customer.test',
  ])
  expect(card?.answer).toEqual({ email: 'bob@customer.test', status: 'declined' })
})

test('reads one that came as a file', () => {
  const file = { mimeType: 'application/octet-stream', filename: 'invite.ics' }
  expect(read('CANCEL', ['SUMMARY:Call', 'DTSTART:20261102T090000Z'], [], file)?.method).toBe('CANCEL')
})

test.each([
  ['nothing of a calendar', 'Hello'],
  ['no event', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR'],
  [
    'a zone nobody knows',
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Nowhere:20261102T090000\r\nEND:VEVENT\r\nEND:VCALENDAR',
  ],
  ['a date that is none', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20269999T999999Z\r\nEND:VEVENT\r\nEND:VCALENDAR'],
])('throws on nothing: %s', (_, content) => {
  expect(() => read('REQUEST', [], [], { content })).not.toThrow()
})
