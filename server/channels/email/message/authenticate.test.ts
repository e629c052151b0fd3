import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign.js'
import { describe, expect, it } from 'vitest'
import { authenticateMail } from './authenticate.ts'

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

const records: Record<string, Record<string, unknown>> = {
  TXT: {
    'shop.example': [['v=spf1 ip4:192.0.2.1 -all']],
    'k._domainkey.shop.example': [[`v=DKIM1; k=rsa; p=${keys.publicKey.toString('base64')}`]],
    '_dmarc.shop.example': [['v=DMARC1; p=reject']],
    'plain.example': [['v=spf1 ip4:192.0.2.1 -all']],
    'bank.example': [['v=spf1 -all']],
    '_dmarc.bank.example': [['v=DMARC1; p=reject']],
  },
}

async function resolver(name: string, type: string): Promise<unknown> {
  const found = records[type]?.[name.toLowerCase()]
  if (found) return found
  throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' })
}

const mail = (from: string) =>
  Buffer.from(
    `From: Ada <${from}>\r\nTo: support@desk.example\r\nSubject: Hello\r\nDate: Mon, 3 Mar 2025 10:00:00 +0000\r\n\r\nHello\r\n`,
  )

async function signed(raw: Buffer, extra: { maxBodyLength?: number } = {}): Promise<Buffer> {
  const key = { signingDomain: 'shop.example', selector: 'k', privateKey: keys.privateKey, ...extra }
  const { signatures } = await dkimSign(raw, { ...key, signatureData: [key] })
  return Buffer.concat([Buffer.from(signatures), raw])
}

const from = (mailFrom: string, ip = '192.0.2.1') => ({
  ip,
  helo: 'mx.shop.example',
  mailFrom,
  resolver,
  timeoutMs: 5_000,
})

describe('a mail', () => {
  it('proves its sender by SPF and DKIM', async () => {
    const result = await authenticateMail(await signed(mail('ada@shop.example')), from('ada@shop.example'))
    expect(result).toEqual({ spf: 'pass', dkim: 'pass', dmarc: 'pass', aligned: true, domain: 'shop.example' })
  })

  it('still proves it by DKIM when it was forwarded', async () => {
    const result = await authenticateMail(
      await signed(mail('ada@shop.example')),
      from('ada@shop.example', '198.51.100.9'),
    )
    expect(result).toMatchObject({ spf: 'fail', dkim: 'pass', dmarc: 'pass', aligned: true })
  })

  it('fails when the words were changed', async () => {
    const raw = await signed(mail('ada@shop.example'))
    const changed = Buffer.from(raw.toString().replace(/Hello\r\n$/, 'Pay me\r\n'))
    expect(await authenticateMail(changed, from('ada@shop.example', '198.51.100.9'))).toMatchObject({
      dkim: 'fail',
      dmarc: 'fail',
      aligned: false,
    })
  })

  it('does not prove another domain in From', async () => {
    const result = await authenticateMail(await signed(mail('ceo@bank.example')), from('ada@shop.example'))
    expect(result).toMatchObject({ spf: 'pass', dkim: 'pass', dmarc: 'fail', aligned: false })
  })

  it('does not prove words that its signature leaves out', async () => {
    const raw = await signed(mail('ada@shop.example'), { maxBodyLength: 3 })
    expect((await authenticateMail(raw, from('ada@shop.example', '198.51.100.9'))).aligned).toBe(false)
  })

  it('proves a sender whose domain has no policy', async () => {
    const raw = mail('ada@plain.example')
    expect(await authenticateMail(raw, from('ada@plain.example'))).toMatchObject({
      spf: 'pass',
      dmarc: 'none',
      aligned: true,
    })
  })

  it('says none where nothing is published', async () => {
    const result = await authenticateMail(mail('ada@nowhere.example'), from('ada@nowhere.example'))
    expect(result).toMatchObject({ spf: 'none', dkim: 'none', dmarc: 'none', aligned: false })
  })
})

describe('what goes wrong is unknown', () => {
  it('when DNS never answers', async () => {
    const silent = () => new Promise<never>(() => {})
    const result = await authenticateMail(mail('ada@shop.example'), {
      ...from('ada@shop.example'),
      resolver: silent,
      timeoutMs: 50,
    })
    expect(result).toEqual({ spf: 'unknown', dkim: 'unknown', dmarc: 'unknown', aligned: false })
  })

  it('and never an exception, whatever the bytes and the resolver do', async () => {
    const broken = async () => {
      throw new Error('boom')
    }
    for (const raw of [Buffer.alloc(0), Buffer.from('\0\0\0'), Buffer.from('From: <<<>>>\r\n\r\n'), mail('a@b')]) {
      for (const use of [resolver, broken, async () => null, async () => 'x']) {
        const result = await authenticateMail(raw, {
          ip: 'no ip',
          helo: '',
          mailFrom: '\r\n',
          resolver: use,
          timeoutMs: 1_000,
        })
        expect(result.aligned).toBe(false)
      }
    }
  })
})
