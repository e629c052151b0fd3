/** Months by the letters they begin with, in thirteen languages; the first row that fits decides. */
const months: readonly (readonly [number, string])[] = [
  [1, 'jan|janv|gen(?=n|\\b|\\.)|ene|sty|led(?=e?n)|oca|янв'],
  [2, 'feb|fév|fev|lut|úno|helmi|şub|subat|фев'],
  [3, 'mar(?!ra)|mär|maa(?=rt)|mrt|maalis|břez|мар'],
  [4, 'apr|avr|abr|kwi|dub|huhti|nis|апр'],
  [5, 'may|mai|mag|maj(?!u)|mei|maio|květ|touko|мая|май'],
  [6, 'jun|juin|giu|cze|červ(?!ene?c)|kesä|haz|июн'],
  [7, 'jul|juil|lug|lip|července|heinä|tem|июл'],
  [8, 'aug|août|aou|ago|sie|srp|elo|ağu|авг'],
  [9, 'sep|set|wrz|zář|syys|eyl|сен'],
  [10, 'oct|okt|ott|out|paź|říj|loka|eki|окт'],
  [11, 'nov|lis|marras|kas|ноя'],
  [12, 'dec|dez|déc|dic|gru|pros|joulu|ara(?=l)|дек'],
]
const anyMonth = String.raw`(?:${months.map(([, word]) => word).join('|')})\p{L}*`
const ordinal = '(?:st|nd|rd|th|er|º|°|\\.)?'

const forms: readonly { pattern: RegExp; read(part: (at: number) => string): Partial<Read> | null }[] = [
  {
    pattern: /(?<y>\d{4})\s?[-/.年년]\s?(?<m>\d{1,2})\s?[-/.月월]\s?(?<d>\d{1,2})\s?(?:日|일)?(?!\d)/u,
    read: (part) => ({ year: part(1), month: part(2), day: part(3) }),
  },
  {
    pattern: /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/u,
    read: (part) => ({ month: part(1), day: part(2) }),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})(?!\d))?/u,
    read: (part) => ({ day: part(1), month: part(2), year: part(3) }),
  },
  {
    pattern: /(?<![\d/-])(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?(?![\d/-])/u,
    read: (part) => ({ either: [part(1), part(2)], year: part(3) }),
  },
  {
    pattern: new RegExp(
      String.raw`(?<!\d)(\d{1,2})${ordinal}\s*(?:of |de |d['’]|-)?\s*(${anyMonth})\.?(?:,? (?:de |del )?(\d{4}))?`,
      'iu',
    ),
    read: (part) => ({ day: part(1), name: part(2), year: part(3) }),
  },
  {
    pattern: new RegExp(String.raw`(?<!\p{L})(${anyMonth})\.? (\d{1,2})${ordinal}(?!\d)(?:,? (\d{4}))?`, 'iu'),
    read: (part) => ({ name: part(1), day: part(2), year: part(3) }),
  },
]

type Read = { year: string; month: string; day: string; name: string; either: [string, string] }

/**
 * The first date written in a short text, as a day near `reference`; null when there is none, or when 3/4 may be either day.
 * `dayFirst` says how this language writes numbers with slashes; undefined when it writes both.
 */
export function writtenDate(
  text: string,
  reference: Temporal.PlainDate,
  dayFirst: boolean | undefined,
): { date: Temporal.PlainDate | null; start: number; end: number } | null {
  let best: { date: Temporal.PlainDate | null; start: number; end: number } | null = null
  for (const { pattern, read } of forms) {
    const match = pattern.exec(text)
    if (!match || (best && match.index >= best.start)) continue
    const found = read((at) => match[at] ?? '')
    if (found) {
      const date = dayOf(found, reference, dayFirst)
      best = { date, start: match.index, end: match.index + match[0].length }
    }
  }
  return best
}

function dayOf(read: Partial<Read>, reference: Temporal.PlainDate, dayFirst: boolean | undefined) {
  let month = Number(read.month ?? 0)
  let day = Number(read.day ?? 0)
  if (read.name) month = months.find(([, word]) => new RegExp(`^(?:${word})`, 'iu').test(read.name ?? ''))?.[0] ?? 0
  if (read.either) {
    const [one, other] = read.either.map(Number) as [number, number]
    if (one > 12 || dayFirst || one === other) [day, month] = [one, other]
    else if (other > 12) [month, day] = [one, other]
    else return null
  }
  const written = read.year ? Number(read.year) + (read.year.length === 2 ? 2000 : 0) : undefined
  const make = (year: number) => {
    try {
      return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    } catch {
      return null
    }
  }
  const date = make(written ?? reference.year)
  if (written !== undefined || !date) return date
  // Without a year the coming one is meant, unless it was just now.
  return Temporal.PlainDate.compare(date, reference.subtract({ days: 31 })) < 0 ? make(reference.year + 1) : date
}
