import { describe, expect, it } from 'vitest'
import { mail, multipart, raw, read } from './mail.fixture.ts'

const encoded = (charset: string, bytes: number[] | string) =>
  mail(
    { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': '8bit' },
    Buffer.from(bytes as string, 'latin1'),
  )
const bytes = (...values: number[]) => Buffer.from(values)

it.each([
  ['iso-8859-1', encoded('iso-8859-1', 'Gr\xf6\xdfe'), 'Größe'],
  ['windows-1252', encoded('windows-1252', '10 \x80 \x96 \x93ok\x94'), '10 € – “ok”'],
  ['iso-8859-15', encoded('iso-8859-15', '10 \xa4'), '10 €'],
  ['koi8-r', encoded('koi8-r', '\xf0\xd2\xc9\xd7\xc5\xd4'), 'Привет'],
  ['windows-1251', encoded('windows-1251', '\xcf\xf0\xe8\xe2\xe5\xf2'), 'Привет'],
  ['shift_jis', encoded('shift_jis', '\x93\xf1\x8fd\x90\xbf\x8b\x81'), '二重請求'],
  ['iso-2022-jp', encoded('iso-2022-jp', '\x1b$BFs=E@A5a\x1b(B'), '二重請求'],
  ['euc-kr', encoded('euc-kr', '\xb0\xe1\xc1\xa6'), '결제'],
  ['gb2312', encoded('gb2312', '\xd6\xd8\xb8\xb4'), '重复'],
  ['big5', encoded('big5', '\xad\xab\xbd\xc6'), '重複'],
  [
    'utf-16le',
    mail(
      { 'Content-Type': 'text/plain; charset=utf-16le', 'Content-Transfer-Encoding': 'base64' },
      Buffer.from('Größe', 'utf16le').toString('base64'),
    ),
    'Größe',
  ],
  [
    'utf-8 with a byte order mark',
    mail(
      { 'Content-Type': 'text/plain; charset=utf-8' },
      Buffer.concat([bytes(0xef, 0xbb, 0xbf), Buffer.from('Größe')]),
    ),
    'Größe',
  ],
  ['a charset in quotes and capitals', encoded('"ISO-8859-1"', 'Gr\xf6\xdfe'), 'Größe'],
  [
    'quoted-printable',
    mail(
      { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'quoted-printable' },
      'Gr=C3=B6=C3=9Fe und so=',
      ' weiter =3D',
    ),
    'Größe und so weiter =',
  ],
  [
    'base64',
    mail(
      { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Transfer-Encoding': 'base64' },
      Buffer.from('Größe').toString('base64'),
    ),
    'Größe',
  ],
])('reads a text in %s', async (_, bytes_, expected) => {
  expect((await read(bytes_)).text.trim()).toBe(expected)
})

it.each([
  ['an unknown charset', encoded('x-klingon', 'Hello')],
  ['bytes that are no UTF-8', encoded('utf-8', 'Hello \xff\xfe \xc3')],
  [
    'quoted-printable cut in the middle',
    mail({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'quoted-printable' }, 'Hello =C'),
  ],
  [
    'base64 with rubbish in it',
    mail({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'base64' }, 'SGVs*bG8=', '!!!'),
  ],
])('keeps what can be read of %s', async (_, bytes_) => {
  expect((await read(bytes_)).text).toContain('Hel')
})

it('says when the bytes do not fit the charset', async () => {
  const message = await read(encoded('utf-8', 'Hello \xff'))
  expect(message.warnings.join()).toContain('do not fit its character set')
})

it.each([
  ['=?utf-8?B?R3LDtsOfZQ==?=', 'Größe'],
  ['=?utf-8?Q?Gr=C3=B6=C3=9Fe_10_=E2=82=AC?=', 'Größe 10 €'],
  ['=?iso-8859-1?q?Gr=F6?= =?iso-8859-1?q?=DFe?=', 'Größe'],
  ['=?utf-8?B?R3LD?= =?utf-8?B?tsOfZQ==?=', 'Größe'],
  ['=?utf-8?X?broken?=', '=?utf-8?X?broken?='],
  ['Größe, raw', 'Größe, raw'],
  ['=?utf-8?Q?two=0D=0ABcc:_lines?=', 'two Bcc: lines'],
])('reads the subject %s', async (subject, expected) => {
  expect((await read(mail({ Subject: subject }, 'x'))).subject).toBe(expected)
})

it('reads names with commas, comments and quotes', async () => {
  const message = await read(
    mail(
      {
        From: '"Byron, Ada (Analyst)" <ADA@example.org>',
        Cc: 'Team: Bob <bob@x.example>, =?utf-8?Q?Zo=C3=AB?= <zoe@x.example>;, undisclosed-recipients:;',
      },
      'x',
    ),
  )
  expect(message.from).toEqual({ name: 'Byron, Ada (Analyst)', address: 'ADA@example.org' })
  expect(message.cc.map((one) => [one.name, one.address])).toEqual([
    ['Bob', 'bob@x.example'],
    ['Zoë', 'zoe@x.example'],
  ])
})

it('joins flowed lines, but never an answer with the quote above it', async () => {
  const message = await read(
    mail(
      { 'Content-Type': 'text/plain; charset=utf-8; format=flowed' },
      'On 3/3/25 10:00, Desk wrote:',
      '> Which ',
      '> card? ',
      'The one ',
      'ending in 4242.',
      '-- ',
      'Ada',
    ),
  )
  expect(message.text.trimEnd()).toBe('On 3/3/25 10:00, Desk wrote:\n> Which card? \nThe one ending in 4242.\n-- \nAda')
})

it('reads file names in every dress', async () => {
  const names = [
    'filename="=?utf-8?B?UmVjaG51bmcgTcOkcnoucGRm?="',
    "filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf",
    "filename*0*=UTF-8''Rechnung%20;\r\n filename*1*=M%C3%A4rz.pdf",
  ]
  for (const name of names) {
    const message = await read(
      multipart('mixed', [['Content-Type: application/pdf', `Content-Disposition: attachment; ${name}`, '', 'x']]),
    )
    expect(message.attachments.map((file) => file.name)).toEqual(['Rechnung März.pdf'])
  }
})

it('reads a mail with bare line feeds', async () => {
  const message = await read(
    Buffer.from(raw('From: ada@example.org', 'Subject: Bare', '', 'One', 'Two').toString().replaceAll('\r\n', '\n')),
  )
  expect([message.subject, message.text]).toEqual(['Bare', 'One\nTwo\n'])
})

const hex = (digits: string) => Buffer.from(digits, 'hex')
const inCharset: [label: string, text: string, digits: string][] = [
  [
    'gb18030',
    '您好，我的订单被重复扣款了，请帮我退款。谢谢',
    'c4fabac3a3acced2b5c4b6a9b5a5b1bbd6d8b8b4bfdbbfeec1cba3acc7ebb0efced2cdcbbfeea1a3d0bbd0bb',
  ],
  [
    'big5',
    '您好，我的訂單被重複扣款了，請幫我退款。謝謝',
    'b17aa66ea141a7daaabaad71b3e6b351adabbdc6a6a9b4daa446a141bdd0c0b0a7dab068b4daa143c1c2c1c2',
  ],
  [
    'shift_jis',
    'お世話になっております。二重に請求されました。返金してください。',
    '82a890a2986282c982c882c182c482a882e882dc82b7814293f18f6482c990bf8b8182b382ea82dc82b582bd814295d48be082b582c482ad82be82b382a28142',
  ],
  [
    'euc-jp',
    'お世話になっております。二重に請求されました。返金してください。',
    'a4aac0a4cfc3a4cba4caa4c3a4c6a4aaa4eaa4dea4b9a1a3c6f3bdc5a4cbc0c1b5e1a4b5a4eca4dea4b7a4bfa1a3cad6b6e2a4b7a4c6a4afa4c0a4b5a4a4a1a3',
  ],
  [
    'iso-2022-jp',
    'お世話になっております。二重に請求されました。',
    '1b2442242a40244f43244b244a24432446242a246a245e2439212346733d45244b404135612435246c245e2437243f21231b2842',
  ],
  ['iso-2022-jp', 'ｶﾀｶﾅ and 漢字', '1b2849364036451b284220616e64201b244234413b7a1b2842'],
  [
    'euc-kr',
    '안녕하세요. 결제가 두 번 되었습니다. 환불 부탁드립니다.',
    'bec8b3e7c7cfbcbcbfe42e20b0e1c1a6b0a120b5ce20b9f820b5c7befabdc0b4cfb4d92e20c8afbad220bacec5b9b5e5b8b3b4cfb4d92e',
  ],
  [
    'iso-2022-kr',
    '안녕하세요. 환불 부탁드립니다.',
    '1b2429430e3e483367474f3c3c3f640f2e200e482f3a520f200e3a4e453935653833344f34590f2e',
  ],
  ['hz-gb-2312', '您好，请退款', '7e7b447a3a43232c476b4d4b3f6e7e7d'],
  [
    'koi8-r',
    'Здравствуйте! С меня дважды сняли деньги, верните пожалуйста.',
    'fac4d2c1d7d3d4d7d5cad4c52120f320cdc5ced120c4d7c1d6c4d920d3ced1ccc920c4c5ced8c7c92c20d7c5d2cec9d4c520d0cfd6c1ccd5cad3d4c12e',
  ],
  [
    'windows-1251',
    'Здравствуйте! С меня дважды сняли деньги, верните пожалуйста.',
    'c7e4f0e0e2f1f2e2f3e9f2e52120d120ece5edff20e4e2e0e6e4fb20f1edffebe820e4e5edfce3e82c20e2e5f0ede8f2e520efeee6e0ebf3e9f1f2e02e',
  ],
  [
    'windows-1250',
    'Dobrý den, byla mi dvakrát účtována částka. Děkuji za vrácení peněz.',
    '446f6272fd2064656e2c2062796c61206d69206476616b72e17420fae8746f76e16e6120e8e173746b612e2044ec6b756a69207a61207672e163656eed2070656eec7a2e',
  ],
  [
    'windows-1252',
    'Guten Tag, ich möchte die Gebühr zurück – für März. Schöne Grüße',
    '477574656e205461672c20696368206df6636874652064696520476562fc6872207a7572fc636b20962066fc72204de4727a2e20536368f66e65204772fcdf65',
  ],
  [
    'windows-1253',
    'Καλημέρα, χρεώθηκα δύο φορές. Παρακαλώ επιστρέψτε τα χρήματα.',
    'cae1ebe7ecddf1e12c20f7f1e5fee8e7eae120e4fdef20f6eff1ddf22e20d0e1f1e1eae1ebfe20e5f0e9f3f4f1ddf8f4e520f4e120f7f1deece1f4e12e',
  ],
  [
    'windows-1254',
    'Merhaba, kartımdan iki kez ücret alındı. Lütfen iade edin, teşekkürler.',
    '4d6572686162612c206b617274fd6d64616e20696b69206b657a20fc6372657420616cfd6e64fd2e204cfc7466656e2069616465206564696e2c207465fe656b6bfc726c65722e',
  ],
  [
    'windows-1255',
    'שלום, חויבתי פעמיים. אנא החזירו את הכסף.',
    'f9ece5ed2c20e7e5e9e1fae920f4f2eee9e9ed2e20e0f0e020e4e7e6e9f8e520e0fa20e4ebf1f32e',
  ],
  [
    'windows-1256',
    'مرحبا، تم خصم المبلغ مرتين. الرجاء إعادة المال.',
    'e3d1cdc8c7a120cae320ced5e320c7e1e3c8e1db20e3d1caede42e20c7e1d1ccc7c120c5dac7cfc920c7e1e3c7e12e',
  ],
  [
    'tis-620',
    'สวัสดีค่ะ ฉันถูกเรียกเก็บเงินสองครั้ง กรุณาคืนเงิน',
    'cac7d1cab4d5a4e8d020a9d1b9b6d9a1e0c3d5c2a1e0a1e7bae0a7d4b9cacda7a4c3d1e9a720a1c3d8b3d2a4d7b9e0a7d4b9',
  ],
  ['utf-7', 'Größe 10 € + mehr', '47722b4150594133772d65203130202b494b77202b2d206d656872'],
  ['cp850', 'Größe', '477294e165'],
  ['ibm437', 'Größe', '477294e165'],
  ['utf-32be', 'Größe', '0000004700000072000000f6000000df00000065'],
  ['x-imap4-modified-utf7', 'Größe', '4772264150594133772d65'],
]
const body = (digits: string) => hex(digits).toString('base64')
const in64 = (type: string, digits: string) =>
  mail({ 'Content-Type': type, 'Content-Transfer-Encoding': 'base64' }, body(digits))

it.each(inCharset)('reads a text, a subject and a file name in %s', async (label, text, digits) => {
  expect((await read(in64(`text/plain; charset=${label}`, digits))).text.trim()).toBe(text)
  expect((await read(mail({ Subject: `=?${label}?B?${body(digits)}?=` }, 'x'))).subject).toBe(text)
  const file = [
    'Content-Type: application/pdf',
    `Content-Disposition: attachment; filename="=?${label}?B?${body(digits)}?="`,
  ]
  expect((await read(multipart('mixed', [[...file, '', 'x']]))).attachments[0]?.name).toContain(text.slice(0, 4))
})

const beyondAscii = inCharset.filter(([label]) => /^(?:gb|big5|shift|euc|koi8|windows|tis)/.test(label))
describe.each(beyondAscii)('written in %s', (label, text, digits) => {
  it.each([
    ['without a label', 'text/plain'],
    ['said to be ASCII', 'text/plain; charset=us-ascii'],
    ['said to be UTF-8', 'text/plain; charset=utf-8'],
    ['under a label that nobody knows', 'text/plain; charset=x-unknown'],
  ])('a text is read %s', async (_, type) => {
    expect((await read(in64(type, digits))).text.trim()).toBe(text)
  })

  it('a raw subject is read by the charset of the body', async () => {
    const head = Buffer.concat([Buffer.from('From: ada@example.org\r\nSubject: '), hex(digits), Buffer.from('\r\n')])
    const type = `Content-Type: text/plain; charset=${label}\r\nContent-Transfer-Encoding: base64\r\n\r\n${body(digits)}`
    expect((await read(Buffer.concat([head, Buffer.from(type)]))).subject).toBe(text)
  })

  it('a raw subject is read without any label', async () => {
    const head = Buffer.concat([
      Buffer.from('From: ada@example.org\r\nSubject: '),
      hex(digits),
      Buffer.from('\r\n\r\nx'),
    ])
    expect((await read(head)).subject).toBe(text)
  })
})

it('reads UTF-8 under a Latin label, and Latin-1 as Latin-1', async () => {
  const utf8 = Buffer.from('Größe für März').toString('hex')
  expect((await read(in64('text/plain; charset=iso-8859-1', utf8))).text).toBe('Größe für März')
  const latin = Buffer.from('Größe für März', 'latin1').toString('hex')
  expect((await read(in64('text/plain; charset=iso-8859-1', latin))).text).toBe('Größe für März')
})

it('keeps UTF-8 of which a byte is broken', async () => {
  const digits = `${Buffer.from('Größe für März und Übergrößen').toString('hex')}ff20`
  expect((await read(in64('text/plain; charset=utf-8', digits))).text).toContain('Größe für März und Übergrößen')
})

it('reads half-width katakana that were squeezed into ISO-2022-JP as bytes', async () => {
  const digits = `${'b1b2b3'}201b24423441${'3b7a1b2842'}`
  expect((await read(in64('text/plain; charset=iso-2022-jp', digits))).text).toBe('ｱｲｳ 漢字')
})

it.each([
  ['a character split over two words', '=?gb2312?B?xOM=?= =?gb2312?B?usM=?=', '你好'],
  ['a character split between words', '=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=B6=C3=9Fe?=', 'Größe'],
  ['base64 split off its groups', '=?utf-8?B?R3LDt?= =?utf-8?B?sOfZQ==?=', 'Größe'],
  ['Q with a question mark', '=?utf-8?Q?Really?_Yes?=', 'Really? Yes'],
  ['Q with blanks', '=?utf-8?Q?Hello World?=', 'Hello World'],
  ['an end that is missing', '=?utf-8?B?R3LDtsOfZQ==', 'Größe'],
  ['text beside the word', 'Re:=?utf-8?Q?Gr=C3=B6=C3=9Fe?=!', 'Re:Größe!'],
  ['a language', '=?utf-8*de?Q?Gr=C3=B6=C3=9Fe?=', 'Größe'],
  ['two charsets', '=?iso-8859-1?Q?Gr=F6?= =?utf-8?Q?=C3=9Fe?=', 'Größe'],
  ['Latin-1 said to be UTF-8', '=?utf-8?Q?Gr=F6=DFe?=', 'Größe'],
  ['no word at all', 'a =? b ?= c', 'a =? b ?= c'],
])('reads a subject with %s', async (_, subject, expected) => {
  expect((await read(mail({ Subject: subject }, 'x'))).subject).toBe(expected)
})

it('does not let an encoded word pass for the structure of an address', async () => {
  const name = Buffer.from('CEO <ceo@bank.example>,').toString('base64')
  const message = await read(mail({ From: `=?utf-8?B?${name}?= <eve@x.example>` }, 'x'))
  expect(message.from.address).toBe('eve@x.example')
})

it.each([
  ['name', "Content-Type: application/pdf; name*0*=gb2312''%CB%F5; name*1*=%B6%CC.pdf", '缩短.pdf'],
  ['filename', "Content-Disposition: attachment; filename*=iso-2022-jp''%1B%24B4A%3Bz%1B%28B.pdf", '漢字.pdf'],
  [
    'both',
    "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename*=''M%C3%A4rz.pdf",
    'März.pdf',
  ],
])('reads file names by RFC 2231 in %s', async (_, header, expected) => {
  expect((await read(multipart('mixed', [[header, '', 'x']]))).attachments[0]?.name).toBe(expected)
})

it('reads a raw file name of eight bits', async () => {
  const name = Buffer.concat([
    Buffer.from('Content-Disposition: attachment; filename="'),
    hex('4de4727a'),
    Buffer.from('.pdf"'),
  ])
  expect(
    (await read(multipart('mixed', [['Content-Type: application/pdf'], [name, '', 'x']]))).attachments.at(-1)?.name,
  ).toBe('März.pdf')
})

it('removes the blanks that flowed text says to remove', async () => {
  const message = await read(mail({ 'Content-Type': 'text/plain; format=flowed; delsp=yes' }, 'Zusam ', 'men', 'Ende'))
  expect(message.text.trim()).toBe('Zusammen\nEnde')
})
