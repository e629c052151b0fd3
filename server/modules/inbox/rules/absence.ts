import { writtenDate } from './written-dates.ts'

type Language = {
  id: string
  /** How it writes 3/4; undefined when it writes both. */
  dayFirst: boolean | undefined
  /** Before the last day away. */
  until: RegExp
  /** Before the first day back. */
  back: RegExp
}

const words = (until: string, back: string): Pick<Language, 'until' | 'back'> => ({
  until: new RegExp(String.raw`(?<!\p{L})(?:${until})(?!\p{L})`, 'giu'),
  back: new RegExp(String.raw`(?<!\p{L})(?:${back})(?!\p{L})`, 'giu'),
})

const languages: readonly Language[] = [
  {
    id: 'en',
    dayFirst: undefined,
    ...words(
      'until|till?|through|thru|up to|(?:from|between) .{3,40}? (?:to|and|-|–)',
      '(?:be |am )?back (?:in (?:the )?office )?(?:on|from)|return(?:ing)? (?:to (?:the )?office |to work )?on|available (?:again )?(?:on|from|again on)|(?:again|back) as of',
    ),
  },
  {
    id: 'de',
    dayFirst: true,
    ...words(
      'bis(?: einschließlich| einschl\\.| zum| inkl\\.)*|von .{3,40}? bis(?: zum)?',
      '(?:wieder|zurück|erreichbar) (?:ab|am)(?: dem)?|ab(?: dem)?(?= .{3,30}? (?:wieder|erreichbar|zurück|im büro))|am(?= .{3,30}? (?:wieder|zurück))',
    ),
  },
  {
    id: 'fr',
    dayFirst: true,
    ...words(
      "jusqu['’]?(?:au|à)|(?:du|de) .{3,40}? au",
      'de retour (?:le|à partir du|dès le)|retour(?: prévu)? le|reviendrai le|joignable à partir du',
    ),
  },
  {
    id: 'es',
    dayFirst: true,
    ...words(
      'hasta(?: el)?(?: día)?|del? .{3,40}? al',
      '(?:de vuelta|regreso|regresaré|volveré|vuelvo|disponible)(?: a partir del?| el| de nuevo el)(?: día)?',
    ),
  },
  {
    id: 'pt',
    dayFirst: true,
    ...words(
      'até(?: ao?)?(?: dia)?|d[eo] .{3,40}? a(?:o|té)?',
      '(?:de volta|retorno|retornarei|regresso|voltarei|volto)(?: a partir d[eo]| em| n?o)?(?: dia)?',
    ),
  },
  {
    id: 'it',
    dayFirst: true,
    ...words(
      'fino (?:al|a)|sino al|dal .{3,40}? al',
      '(?:di ritorno|rientro|rientrerò|tornerò|disponibile|di nuovo in ufficio)(?: dal| il| a partire dal)',
    ),
  },
  {
    id: 'nl',
    dayFirst: true,
    ...words(
      'tot(?: en met)?|t/m|van .{3,40}? (?:tot|t/m)',
      '(?:weer|terug)(?: bereikbaar| aanwezig| op kantoor)? (?:vanaf|op)|vanaf(?= .{3,30}? (?:weer|terug|bereikbaar))',
    ),
  },
  {
    id: 'sv',
    dayFirst: true,
    ...words(
      'till(?: och med)?|t\\.?o\\.?m\\.?|(?:til|indtil|frem til)(?: og med)?',
      '(?:tillbaka|åter|tilbage|tilbake)(?: igen| igjen)?(?: på kontoret)?(?: den)?',
    ),
  },
  { id: 'fi', dayFirst: true, ...words('saakka', 'palaan|takaisin') },
  {
    id: 'pl',
    dayFirst: true,
    ...words('do(?: dnia)?|aż do', '(?:wracam|wrócę|będę (?:ponownie |z powrotem )?dostępn[ya])(?: dnia| od)?'),
  },
  { id: 'cs', dayFirst: true, ...words('až do|do', 'vrátím se|zpět|budu zpět') },
  {
    id: 'ru',
    dayFirst: true,
    ...words('до|по', '(?:вернусь|возвращаюсь|буду (?:снова )?(?:на месте|доступ\\p{L}+))(?: с)?'),
  },
]

/** Languages that say it behind the date. */
const behind: readonly { until: RegExp; back: RegExp }[] = [
  {
    until: /^\s*(?:\([月火水木金土日]\)|（[月火水木金土日]）)?\s*(?:まで|迄)/u,
    back: /^\s*(?:\([月火水木金土日]\)|（[月火水木金土日]）)?\s*(?:より|から)\s*(?:出社|復帰|通常|対応|業務)/u,
  },
  { until: /^\s*(?:为止|止|期间|之前)/u, back: /^\s*(?:返回|回来|恢复|上班)/u },
  { until: /^\s*(?:\([월화수목금토일]\))?\s*까지/u, back: /^\s*(?:부터|에)\s*(?:복귀|출근|업무)/u },
  { until: /^\s*(?:tarihine|['’]?[ea]) kadar/iu, back: /^\s*tarihinde (?:döneceğim|ofiste)/iu },
]

const longest = 400

/**
 * The last day that the writer of an absence notice is away, as far as it says so in words of its own; null where it does
 * not, or where the date may be either of two. `reference` is the day the notice was written.
 */
export function absenceEnd(
  notice: { subject: string; text: string },
  reference: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const text = `${notice.subject}\n${notice.text.slice(0, 5000)}`
    .replaceAll(/[ \t\u00a0]+/g, ' ')
    .replaceAll(/\n(?!\n)/g, ' ')
  return (
    before(text, reference, 'until') ??
    after(text, reference, 'until') ??
    before(text, reference, 'back') ??
    after(text, reference, 'back')
  )
}

function before(text: string, reference: Temporal.PlainDate, what: 'until' | 'back'): Temporal.PlainDate | null {
  for (const language of languages) {
    for (const marker of text.matchAll(language[what])) {
      const start = marker.index + marker[0].length
      const rest = text.slice(start, start + 60)
      const found = writtenDate(rest, reference, language.dayFirst)
      // Between the word and its date stand a weekday and an article at most.
      if (!found || found.start > 24 || /[.!?;]\s\p{Lu}/u.test(rest.slice(0, found.start))) continue
      const day = likely(found.date, reference, what)
      if (day) return day
    }
  }
  return null
}

function after(text: string, reference: Temporal.PlainDate, what: 'until' | 'back'): Temporal.PlainDate | null {
  for (let at = 0; at < text.length;) {
    const found = writtenDate(text.slice(at), reference, true)
    if (!found) return null
    at += found.end
    const rest = text.slice(at, at + 40)
    if (!behind.some((words) => words[what].test(rest))) continue
    const day = likely(found.date, reference, what)
    if (day) return day
  }
  return null
}

/** A day that has passed, or that is years away, is not what was meant. */
function likely(date: Temporal.PlainDate | null, reference: Temporal.PlainDate, what: 'until' | 'back') {
  if (!date) return null
  const last = what === 'back' ? date.subtract({ days: 1 }) : date
  const days = reference.until(last, { largestUnit: 'days' }).days
  return days >= -1 && days <= longest ? last : null
}
