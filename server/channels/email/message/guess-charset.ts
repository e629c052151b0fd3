const simplified = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走各入几口认条平系气题活尔更别打变四总何电数安少报才结反受目太量再建务做接必场件计管期市直资命金指许统区保至形社便空决治展科司五书非则听白却界达光放强即难且权完设式色路记南品住告类求据程交规万取望觉术领共确传师观清今切让识候带导运您请谢订单退款费账户付扣复客服邮箱密码登录购买邮件测试'.split(
    '',
  ),
)
const traditional = new Set(
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走各入幾口認條平系氣題活更別打變四總何電數安少報才結反受目太量再建務做接必場件計管期市直資命金指許統區保至形社便空決治展科司五書非則聽白卻界達光放強即難且權完設式色路記南品住告類求據程交規萬取望覺術領共確傳師觀清今切讓識候帶導運您請謝訂單退款費帳戶付扣復複客服郵箱密碼登錄購買郵件測試'.split(
    '',
  ),
)
const hangul = new Set(
  '이다에는의을를가은하고지로사한니요습합기도리어인해나자서대아시라정보부그전게있수일주면안만들것상스오세여장우과원제구저했결환불문청드감님입로그번호계확메비용금신내무물동성'.split(
    '',
  ),
)
const western = /[éèêëàâäáãåçîïíìôöóõòøûüúùñßæœÉÈÀÄÖÜÑÇÅØÁÍÓÚ’‘“”–—…€£«»°]/
const central = /[ąćęłńśźżěščřžýůďťňőűáéíóúöüäôľĺŕșțăâîŁŚŻŹČŘŠŽÓĆ„”–]/
const turkish = /[şğıİçöüŞĞÇÖÜ’“”]/
const symbolInWord = /[A-Za-z][¡-¿×÷þðÞÐýŸ][a-z]/g

type Candidate = { label: string; score(char: string, before: string, after: string): number }

const letters = (common: string, all: RegExp) => (char: string, before: string, after: string) => {
  if (!all.test(char)) return isWord(char) ? -1 : 0
  if (/[a-z]/i.test(before + after)) return -1
  const upper = char !== char.toLowerCase()
  // The wrong Cyrillic code page shows as capitals inside words.
  if (upper) return isWord(before) && before === before.toLowerCase() ? -1.5 : 0.3
  return common.includes(char) ? 1 : 0.4
}
const latinLetters = (set: RegExp) => (char: string, before: string, after: string) => {
  if (!set.test(char)) return -1
  // Beside another letter beyond ASCII it is likelier a piece of another script.
  if (/[^\0-\u007f]/.test(after) && isWord(after)) return -0.5
  return isWord(char) ? (/[a-z]/i.test(before + after) ? 1 : 0.2) : 0.3
}
const ideographs = (common: ReadonlySet<string>) => (char: string, before: string, after: string) => {
  if (isInside(before, after)) return -1
  if (common.has(char)) return 2
  if (/\p{Script=Han}/u.test(char)) return 0.3
  return /[\u3000-\u303f\uff01-\uff5e]/.test(char) ? 1 : -1
}
const kana = (char: string, before: string, after: string) => {
  if (isInside(before, after)) return -1
  if (/[\u3040-\u30ff]/.test(char)) return 2
  if (/\p{Script=Han}/u.test(char)) return 0.8
  return /[\uff61-\uff9f]/.test(char) ? 0.1 : /[\u3000-\u303f\uff01-\uff5e]/.test(char) ? 1 : -1
}
const korean = (char: string, before: string, after: string) => {
  if (isInside(before, after)) return -1
  if (hangul.has(char)) return 2
  return /\p{Script=Hangul}/u.test(char) ? 0.6 : /[\u3000-\u303f]/.test(char) ? 0.5 : -1
}

const candidates: Candidate[] = [
  { label: 'gb18030', score: ideographs(simplified) },
  { label: 'big5', score: ideographs(traditional) },
  { label: 'shift_jis', score: kana },
  { label: 'euc-jp', score: kana },
  { label: 'euc-kr', score: korean },
  { label: 'windows-1251', score: letters('оеаинтсрвлкмдпуыя', /[Ѐ-ӿ«»–—“”№]/) },
  { label: 'koi8-r', score: letters('оеаинтсрвлкмдпуыя', /[Ѐ-ӿ]/) },
  { label: 'windows-1252', score: latinLetters(western) },
  { label: 'windows-1250', score: latinLetters(central) },
  { label: 'windows-1254', score: latinLetters(turkish) },
  { label: 'windows-1253', score: letters('αειοτνσςρπκλμυη', /[Ά-ώ]/) },
  { label: 'windows-1255', score: letters('יוהלמרתאבנש', /[א-ת]/) },
  { label: 'windows-1256', score: letters('الينمرتبوده', /[\u0621-\u06ff]/) },
  { label: 'windows-874', score: letters('านรอกเงยมลวดทสต', /[ก-๛]/) },
]
const sample = 6_000
const singleByte = /^(?:windows|koi8)/
const latinPages = /^windows-125[024]$/

/**
 * The charset that bytes beyond ASCII are likeliest written in, or undefined where nothing speaks for one. For mail whose label
 * is missing or wrong: every candidate decodes the beginning, and the one whose characters people use most is taken.
 */
export function guessCharset(bytes: Uint8Array): string | undefined {
  const wide = guessWide(bytes)
  if (wide) return wide
  const part = bytes.subarray(0, sample)
  let best: { label: string; score: number } | undefined
  for (const candidate of candidates) {
    const score = rate(new TextDecoder(candidate.label).decode(part, { stream: true }), candidate)
    if (score > (best?.score ?? 0.15)) best = { label: candidate.label, score }
  }
  return best?.label
}

/** UTF-16 without a mark shows by a zero in every second byte. */
function guessWide(bytes: Uint8Array): string | undefined {
  const part = bytes.subarray(0, 2_000)
  const zeros = [0, 0]
  for (let at = 0; at < part.length; at++) if (part[at] === 0) zeros[at & 1]!++
  const [even = 0, odd = 0] = zeros
  if (part.length < 8 || even + odd < part.length / 5) return undefined
  return even > odd * 4 ? 'utf-16be' : odd > even * 4 ? 'utf-16le' : undefined
}

/** The mean worth of a character beyond ASCII. */
function rate(text: string, { label, score }: Candidate): number {
  let sum = 0
  let count = 0
  const chars = [...text]
  for (const [at, char] of chars.entries()) {
    if (char <= '\u007f') continue
    count++
    if (char === '\ufffd' || (char >= '\u0080' && char <= '\u009f') || /\p{Co}/u.test(char)) sum -= 4
    else sum += score(char, chars[at - 1] ?? '', chars[at + 1] ?? '')
  }
  // A few letters of another alphabet are likelier damage.
  if (count < (latinPages.test(label) || !singleByte.test(label) ? 1 : 4)) return 0
  const odd = label.startsWith('windows-125') ? (text.match(symbolInWord)?.length ?? 0) : 0
  return (sum - odd * 2) / count
}

/** In the middle of a word of ASCII letters. */
function isInside(before: string, after: string): boolean {
  return /[a-z]/i.test(before) && /[a-z]/.test(after)
}

function isWord(char: string): boolean {
  return /\p{L}/u.test(char)
}
