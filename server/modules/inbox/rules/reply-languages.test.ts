import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitReply } from './quoted-reply.ts'

type Language = {
  /** What the writer says; nothing of it may ever be folded away. */
  words: string
  /** Lines of attribution, each as one mail program writes it. */
  lines: Record<string, string>
  /** The header block of Outlook. */
  block: string
  /** Outlook's line above an original message, where it has one. */
  original?: string
  closing: string
}

const languages: Record<string, Language> = {
  English: {
    words: 'Yes, please refund it. On Monday I wrote to you, and nothing came.',
    lines: {
      Gmail: 'On Mon, Mar 3, 2025 at 10:00 AM Desk Support <support@desk.example> wrote:',
      'Apple Mail': 'On 3 Mar 2025, at 10:00, Desk Support <support@desk.example> wrote:',
      'Apple Mail on iPhone': '> On Mar 3, 2025, at 10:00 AM, Desk Support <support@desk.example> wrote:',
      Thunderbird: 'On 3/3/25 10:00, Desk Support wrote:',
      Yahoo: 'On Monday, March 3, 2025 at 10:00:00 AM GMT+1, Desk Support <support@desk.example> wrote:',
      Proton: 'On Monday, March 3rd, 2025 at 10:00 AM, Desk Support <support@desk.example> wrote:',
      Spark: 'On 3 Mar 2025 at 10:00 +0100, Desk Support <support@desk.example>, wrote:',
      GroupWise: '>>> Desk Support <support@desk.example> 03/03/25 10:00 AM >>>',
      Samsung: '-------- Original message --------',
    },
    block:
      'From: Desk Support <support@desk.example>\nSent: Monday, March 3, 2025 10:00 AM\nTo: Ada Byron\nSubject: Re: Invoice',
    original: '-----Original Message-----',
    closing: 'Kind regards,',
  },
  German: {
    words: 'Ja, bitte erstatten. Am Montag schrieb ich Ihnen, es kam nichts.',
    lines: {
      Gmail: 'Am Mo., 3. März 2025 um 10:00 Uhr schrieb Desk Support <support@desk.example>:',
      'Apple Mail': 'Am 03.03.2025 um 10:00 schrieb Desk Support <support@desk.example>:',
      Thunderbird: 'Am 03.03.25 um 10:00 schrieb Desk Support:',
      Yahoo: 'Am Montag, 3. März 2025 um 10:00:00 MEZ hat Desk Support <support@desk.example> Folgendes geschrieben:',
      Proton: 'Desk Support <support@desk.example> schrieb am Montag, 3. März 2025 um 10:00:',
      GMX: 'Gesendet: Montag, 03. März 2025 um 10:00 Uhr\nVon: "Desk Support" <support@desk.example>\nAn: ada@example.org\nBetreff: Re: Rechnung',
    },
    block:
      'Von: Desk Support <support@desk.example>\nGesendet: Montag, 3. März 2025 10:00\nAn: Ada Byron\nBetreff: AW: Rechnung',
    original: '-----Ursprüngliche Nachricht-----',
    closing: 'Mit freundlichen Grüßen',
  },
  French: {
    words: 'Oui, remboursez-moi. Le lundi j’ai écrit, sans réponse.',
    lines: {
      Gmail: 'Le lun. 3 mars 2025 à 10:00, Desk Support <support@desk.example> a écrit :',
      'Apple Mail': 'Le 3 mars 2025 à 10:00, Desk Support <support@desk.example> a écrit :',
      Thunderbird: 'Le 03/03/2025 à 10:00, Desk Support a écrit :',
      Yahoo: 'Le lundi 3 mars 2025 à 10:00:00 UTC+1, Desk Support <support@desk.example> a écrit :',
    },
    block:
      'De : Desk Support <support@desk.example>\nEnvoyé : lundi 3 mars 2025 10:00\nÀ : Ada Byron\nObjet : RE: Facture',
    original: '-----Message d’origine-----',
    closing: 'Cordialement,',
  },
  Spanish: {
    words: 'Sí, devuélvanmelo. El lunes escribí y no llegó nada.',
    lines: {
      Gmail: 'El lun, 3 mar 2025 a las 10:00, Desk Support (<support@desk.example>) escribió:',
      'Apple Mail': 'El 3 mar 2025, a las 10:00, Desk Support <support@desk.example> escribió:',
      Thunderbird: 'El 3/3/25 a las 10:00, Desk Support escribió:',
      Yahoo: 'El lunes, 3 de marzo de 2025, 10:00:00 CET, Desk Support <support@desk.example> escribió:',
    },
    block:
      'De: Desk Support <support@desk.example>\nEnviado: lunes, 3 de marzo de 2025 10:00\nPara: Ada Byron\nAsunto: RE: Factura',
    original: '-----Mensaje original-----',
    closing: 'Un saludo,',
  },
  Italian: {
    words: 'Sì, rimborsatemi. Il lunedì ho scritto e non è arrivato nulla.',
    lines: {
      Gmail: 'Il giorno lun 3 mar 2025 alle ore 10:00 Desk Support <support@desk.example> ha scritto:',
      'Apple Mail': 'Il giorno 3 mar 2025, alle ore 10:00, Desk Support <support@desk.example> ha scritto:',
      Thunderbird: 'Il 03/03/25 10:00, Desk Support ha scritto:',
      Yahoo: 'Il lunedì 3 marzo 2025 alle ore 10:00:00 CET, Desk Support <support@desk.example> ha scritto:',
    },
    block:
      'Da: Desk Support <support@desk.example>\nInviato: lunedì 3 marzo 2025 10:00\nA: Ada Byron\nOggetto: R: Fattura',
    original: '-----Messaggio originale-----',
    closing: 'Cordiali saluti',
  },
  Portuguese: {
    words: 'Sim, por favor. Em março escrevi e nada chegou.',
    lines: {
      Gmail: 'Em seg., 3 de mar. de 2025 às 10:00, Desk Support <support@desk.example> escreveu:',
      'Apple Mail': 'No dia 3 de mar. de 2025, às 10:00, Desk Support <support@desk.example> escreveu:',
      'Apple Mail in Brazil': 'Em 3 de mar. de 2025, à(s) 10:00, Desk Support <support@desk.example> escreveu:',
      Thunderbird: 'Em 03/03/2025 10:00, Desk Support escreveu:',
      Portugal: 'Desk Support <support@desk.example> escreveu (segunda, 3/03/2025 à(s) 10:00):',
    },
    block:
      'De: Desk Support <support@desk.example>\nEnviado: segunda-feira, 3 de março de 2025 10:00\nPara: Ada Byron\nAssunto: RE: Fatura',
    original: '-----Mensagem original-----',
    closing: 'Atenciosamente,',
  },
  Dutch: {
    words: 'Ja, graag terugbetalen. Op maandag schreef ik al, niets gehoord.',
    lines: {
      Gmail: 'Op ma 3 mrt 2025 om 10:00 schreef Desk Support <support@desk.example>:',
      'Apple Mail': 'Op 3 mrt. 2025 om 10:00 heeft Desk Support <support@desk.example> het volgende geschreven:',
      Thunderbird: 'Op 03-03-2025 om 10:00 schreef Desk Support:',
      Yahoo: 'Op maandag 3 maart 2025 om 10:00:00 CET schreef Desk Support <support@desk.example>:',
    },
    block:
      'Van: Desk Support <support@desk.example>\nVerzonden: maandag 3 maart 2025 10:00\nAan: Ada Byron\nOnderwerp: RE: Factuur',
    original: '-----Oorspronkelijk bericht-----',
    closing: 'Met vriendelijke groet,',
  },
  Polish: {
    words: 'Tak, proszę o zwrot. W poniedziałek pisałem i nic.',
    lines: {
      Gmail: 'pon., 3 mar 2025 o 10:00 Desk Support <support@desk.example> napisał(a):',
      'Apple Mail': 'Wiadomość napisana przez Desk Support <support@desk.example> w dniu 3 mar 2025, o godz. 10:00:',
      Thunderbird: 'W dniu 3.03.2025 o 10:00, Desk Support pisze:',
      Onet: 'W dniu 2025-03-03 10:00:00 użytkownik Desk Support <support@desk.example> napisał:',
    },
    block:
      'Od: Desk Support <support@desk.example>\nWysłano: poniedziałek, 3 marca 2025 10:00\nDo: Ada Byron\nTemat: ODP: Faktura',
    original: '-----Wiadomość oryginalna-----',
    closing: 'Pozdrawiam,',
  },
  Russian: {
    words: 'Да, верните деньги. В понедельник я писал, ответа нет.',
    lines: {
      Gmail: 'пн, 3 мар. 2025 г. в 10:00, Desk Support <support@desk.example>:',
      'Apple Mail': '3 марта 2025 г., в 10:00, Desk Support <support@desk.example> написал(а):',
      Thunderbird: '03.03.2025 10:00, Desk Support пишет:',
      'Mail.ru': 'Понедельник, 3 марта 2025, 10:00 +03:00 от Desk Support <support@desk.example>:',
      Yandex: '03.03.2025, 10:00, "Desk Support" <support@desk.example>:',
    },
    block:
      'От: Desk Support <support@desk.example>\nОтправлено: 3 марта 2025 г. 10:00\nКому: Ada Byron\nТема: RE: Счёт',
    original: '-----Исходное сообщение-----',
    closing: 'С уважением,',
  },
  Japanese: {
    words: 'はい、返金をお願いします。3月3日に書きましたが、返事がありません。',
    lines: {
      Gmail: '2025年3月3日(月) 10:00 Desk Support <support@desk.example>:',
      'Apple Mail': '2025/03/03 10:00、Desk Support <support@desk.example>のメール:',
      Thunderbird: 'On 2025/03/03 10:00, Desk Support wrote:',
      Yahoo: '2025年3月3日月曜日 10:00:00 JST、Desk Support <support@desk.example>さんは書きました:',
    },
    block:
      '差出人: Desk Support <support@desk.example>\n送信日時: 2025年3月3日 10:00\n宛先: Ada Byron\n件名: Re: 請求書',
    original: '-----元のメッセージ-----',
    closing: 'よろしくお願いいたします。',
  },
  Chinese: {
    words: '是的，请退款。我在2025年3月3日写过信，没有回复。',
    lines: {
      Gmail: 'Desk Support <support@desk.example> 于2025年3月3日周一 10:00写道：',
      'Apple Mail': '在 2025年3月3日，10:00，Desk Support <support@desk.example> 写道：',
      Thunderbird: '在 2025/3/3 10:00, Desk Support 写道:',
      QQ: '------------------ 原始邮件 ------------------',
      'Gmail, traditional': 'Desk Support <support@desk.example> 於 2025年3月3日 週一 上午10:00寫道：',
    },
    block:
      '发件人: Desk Support <support@desk.example>\n发送时间: 2025年3月3日 10:00\n收件人: Ada Byron\n主题: Re: 发票',
    closing: '谢谢',
  },
  Korean: {
    words: '네, 환불해 주세요. 2025년 3월 3일에 썼는데 답이 없습니다.',
    lines: {
      Gmail: '2025년 3월 3일 (월) 오전 10:00, Desk Support <support@desk.example>님이 작성:',
      'Apple Mail': '2025. 3. 3. 오전 10:00, Desk Support <support@desk.example> 작성:',
      Thunderbird: '2025-03-03 오전 10:00에 Desk Support 이(가) 쓴 글:',
      Naver: '-----Original Message-----',
    },
    block:
      '보낸 사람: Desk Support <support@desk.example>\n보낸 날짜: 2025년 3월 3일 월요일 10:00\n받는 사람: Ada Byron\n제목: RE: 청구서',
    original: '-----원본 메시지-----',
    closing: '감사합니다',
  },
  Swedish: {
    words: 'Ja, betala tillbaka. Den måndagen skrev jag, inget svar.',
    lines: {
      Gmail: 'Den mån 3 mars 2025 kl 10:00 skrev Desk Support <support@desk.example>:',
      'Apple Mail': '3 mars 2025 kl. 10:00 skrev Desk Support <support@desk.example>:',
    },
    block:
      'Från: Desk Support <support@desk.example>\nSkickat: den 3 mars 2025 10:00\nTill: Ada Byron\nÄmne: SV: Faktura',
    closing: 'Med vänlig hälsning',
  },
  Danish: {
    words: 'Ja tak. Den mandag skrev jeg, intet svar.',
    lines: {
      Gmail: 'Den man. 3. mar. 2025 kl. 10.00 skrev Desk Support <support@desk.example>:',
      'Apple Mail': 'Den 3. mar. 2025 kl. 10.00 skrev Desk Support <support@desk.example>:',
    },
    block: 'Fra: Desk Support <support@desk.example>\nSendt: 3. marts 2025 10:00\nTil: Ada Byron\nEmne: SV: Faktura',
    closing: 'Venlig hilsen',
  },
  Norwegian: {
    words: 'Ja takk. På mandag skrev jeg, ikke noe svar.',
    lines: {
      Gmail: 'man. 3. mar. 2025 kl. 10:00 skrev Desk Support <support@desk.example>:',
      'Apple Mail': '3. mars 2025 kl. 10:00 skrev Desk Support <support@desk.example>:',
    },
    block:
      'Fra: Desk Support <support@desk.example>\nSendt: mandag 3. mars 2025 10:00\nTil: Ada Byron\nEmne: SV: Faktura',
    closing: 'Med vennlig hilsen',
  },
  Turkish: {
    words: 'Evet, iade edin. 3 Mart 2025 günü yazdım, yanıt yok.',
    lines: {
      Gmail: 'Desk Support <support@desk.example>, 3 Mar 2025 Pzt, 10:00 tarihinde şunu yazdı:',
      'Apple Mail': 'Desk Support <support@desk.example> şunları yazdı (3 Mar 2025 10:00):',
    },
    block:
      'Kimden: Desk Support <support@desk.example>\nGönderildi: 3 Mart 2025 Pazartesi 10:00\nKime: Ada Byron\nKonu: RE: Fatura',
    closing: 'Saygılarımla,',
  },
}

const old = 'Which invoice do you mean?\nAnd which card?'
const marked = old.replace(/^/gm, '> ')
const clients = Object.entries(languages).flatMap(([language, { lines, words }]) =>
  Object.entries(lines).map(([client, line]) => [`${language}, ${client}`, words, line] as const),
)

describe.each(clients)('%s', (_, words, line) => {
  it('folds the quote below the answer', () => {
    const split = splitReply(`${words}\n\n${line}\n\n${marked}\n`)
    expect(split.reply.trim()).toBe(words)
  })

  it('shows the answer below the quote', () => {
    const split = splitReply(`${line}\n${marked}\n\n${words}\n`)
    expect(split.reply).toContain(words)
    expect(split.quote).toContain('which card')
  })

  it('shows the answers between the lines', () => {
    const split = splitReply(`${line}\n> Which invoice?\n\n${words}\n\n> And which card?\n\nThe blue one.\n`)
    expect(split.reply).toContain(words)
    expect(split.reply).toContain('The blue one.')
  })
})

describe.each(Object.entries(languages))('Outlook in %s', (_, { words, block, original }) => {
  it('folds everything from its header block on', () => {
    expect(splitReply(`${words}\n\n${block}\n\n${old}\n`).reply.trim()).toBe(words)
  })

  it('folds everything from the original message on', () => {
    if (original) expect(splitReply(`${words}\n\n${original}\n${block}\n\n${old}\n`).reply.trim()).toBe(words)
  })
})

it.each(Object.entries(languages))('the signature in %s is seen by its closing', (_, { words, closing }) => {
  const split = splitReply(`${words}\n\n${closing}\nAda Byron\n`, { sender: 'Ada Byron' })
  expect([split.reply.trim(), split.signature.trim()]).toEqual([words, `${closing}\nAda Byron`])
})

/** Words as people put them together, in the languages above and without. */
const said = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Object.values(languages).flatMap(({ words }) => words.split(/(?<=[.。]) ?/))),
      fc.constantFrom(
        'Thanks',
        'From Berlin to Paris',
        '12:30 on 3 May 2025',
        'wrote',
        'a@b.example',
        '- one',
        '* two',
        '1.',
        '',
        'schrieb',
      ),
      fc.lorem({ maxCount: 8 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((lines) => lines.join('\n').trim())
  .filter((text) => text !== '')

describe('whatever is said', () => {
  const shown = (text: string) =>
    splitReply(text)
      .segments.filter(({ kind }) => kind !== 'quote')
      .map((part) => part.text)
      .join('')
  const held = (whole: string, words: string) => {
    for (const line of words.split('\n')) expect(whole).toContain(line)
  }

  it('above a quote is shown', () => {
    fc.assert(
      fc.property(said, fc.constantFrom(...clients), (words, [, , line]) =>
        held(shown(`${words}\n\n${line}\n\n${marked}\n`), words),
      ),
      { numRuns: 1_500 },
    )
  })

  it('below a quote is shown', () => {
    fc.assert(
      fc.property(said, fc.constantFrom(...clients), (words, [, , line]) =>
        held(shown(`${line}\n${marked}\n\n${words}\n`), words),
      ),
      { numRuns: 1_500 },
    )
  })

  it('above the header block of Outlook is shown', () => {
    fc.assert(
      fc.property(said, fc.constantFrom(...Object.values(languages)), (words, { block }) =>
        held(shown(`${words}\n\n${block}\n\n${old}\n`), words),
      ),
      { numRuns: 1_500 },
    )
  })
})
