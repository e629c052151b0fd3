import ICAL from 'ical.js'
import type { Email } from 'postal-mime'
import type { CalendarCard } from '#contract/calendar-card.ts'
import { bytes } from './rule-headers.ts'
import { cleanLine } from './text.ts'

const maxBytes = 256 * 1024

/** The invitation of a mail, in its body or as a file, as a card shows it; undefined when there is none that can be read. */
export function readCalendar(mail: Pick<Email, 'attachments'>): CalendarCard | undefined {
  const part = mail.attachments.find(
    ({ mimeType, filename }) => /^(text\/calendar|application\/ics)$/.test(mimeType) || /\.ics$/i.test(filename ?? ''),
  )
  if (!part) return undefined
  const content = bytes(part.content)
  if (content.byteLength > maxBytes) return undefined
  try {
    return cardOf(new ICAL.Component(ICAL.parse(new TextDecoder().decode(content)) as unknown[]))
  } catch {
    return undefined
  }
}

function cardOf(calendar: ICAL.Component): CalendarCard | undefined {
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) return undefined
  const method = String(calendar.getFirstPropertyValue('method') ?? 'PUBLISH').toUpperCase()
  const start = timeOf(calendar, event, 'dtstart')
  const end = timeOf(calendar, event, 'dtend')
  const attendee = event.getFirstProperty('attendee')
  return {
    method:
      method === 'REQUEST' || method === 'REPLY' || method === 'CANCEL' || method === 'PUBLISH' ? method : 'OTHER',
    title: words(event, 'summary') ?? '',
    start: start?.at ?? null,
    end: end?.at ?? null,
    allDay: start?.allDay ?? false,
    location: words(event, 'location'),
    organiser: person(event.getFirstProperty('organizer')),
    answer:
      method === 'REPLY' && attendee
        ? { email: person(attendee)?.email ?? '', status: statusOf(attendee.getFirstParameter('partstat')) }
        : null,
  }
}

function words(event: ICAL.Component, name: string): string | null {
  const value = event.getFirstPropertyValue(name)
  return typeof value === 'string' && value.trim() !== '' ? cleanLine(value).slice(0, 300) : null
}

function person(property: ICAL.Property | null): { email: string; name: string | null } | null {
  const value = property?.getFirstValue()
  if (typeof value !== 'string') return null
  const name = property?.getFirstParameter('cn')
  return {
    email: cleanLine(value.replace(/^mailto:/i, '')).slice(0, 254),
    name: name ? cleanLine(name).slice(0, 200) : null,
  }
}

function statusOf(partstat: string | undefined): 'accepted' | 'declined' | 'tentative' | 'other' {
  const status = (partstat ?? '').toLowerCase()
  return status === 'accepted' || status === 'declined' || status === 'tentative' ? status : 'other'
}

/** In UTC. The zone is the one the mail defines, else one of the world's by its name; a time without any is taken as UTC. */
function timeOf(calendar: ICAL.Component, event: ICAL.Component, name: string): { at: string; allDay: boolean } | null {
  const property = event.getFirstProperty(name)
  const value = property?.getFirstValue()
  if (!property || !(value instanceof ICAL.Time)) return null
  const { year, month, day, hour, minute, second } = value
  if (value.isDate) return { at: Temporal.PlainDate.from({ year, month, day }).toString(), allDay: true }
  const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second })
  const zone = property.getFirstParameter('tzid')
  if (!zone) return { at: local.toZonedDateTime('UTC').toInstant().toString(), allDay: false }
  const defined = calendar
    .getAllSubcomponents('vtimezone')
    .find((one) => String(one.getFirstPropertyValue('tzid')) === zone)
  if (defined) {
    const offset = new ICAL.Timezone(defined).utcOffset(value)
    return { at: local.toZonedDateTime('UTC').toInstant().subtract({ seconds: offset }).toString(), allDay: false }
  }
  return { at: local.toZonedDateTime(zone).toInstant().toString(), allDay: false }
}
