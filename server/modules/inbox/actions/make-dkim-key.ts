import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Desk } from '#server/desk.ts'
import { DeskError } from '#platform/errors.ts'
import { ownMailboxes } from '../own-addresses.ts'
import { domainOf } from '../rules/address.ts'
import type { DkimAlgorithm } from '../rules/dkim-record.ts'

const makePair = promisify(generateKeyPair)

/** Makes a key for a domain of ours and returns its selector. The private half leaves this desk only as signatures. */
export async function makeDkimKey(
  desk: Desk,
  { domain, algorithm }: { domain: string; algorithm: DkimAlgorithm },
): Promise<string> {
  const mailboxes = await ownMailboxes(desk)
  if (!mailboxes.some(({ address }) => domainOf(address) === domain))
    throw new DeskError('invalid_request', `body.domain: no mailbox of this desk is at ${domain}.`)
  const { publicKey, privateKey } = await pairOf(algorithm)
  const selector = `ms${desk.now().toString().slice(0, 16).replaceAll(/\D/g, '')}${algorithm === 'rsa' ? 'r' : 'e'}`
  await desk.transaction(async (tx) => {
    const { rowCount } = await tx.connection.query(
      `insert into dkim_keys (domain, selector, algorithm, private_key, public_key, created_at)
       select $1, $2, $3, $4, $5, $6 where (select count(*) from dkim_keys where domain = $1) < 50
       on conflict do nothing`,
      [domain, selector, algorithm, tx.secrets.encrypt(pemOf(privateKey)), dnsFormOf(publicKey), tx.now().toString()],
    )
    if (rowCount !== 1) throw new DeskError('conflict', `A key for ${domain} was made this minute already.`)
    await tx.emit({ type: 'dkim_key.created', data: { algorithm } })
  })
  return selector
}

async function pairOf(algorithm: DkimAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return algorithm === 'rsa' ? makePair('rsa', { modulusLength: 2048 }) : makePair('ed25519')
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** RFC 6376 publishes an RSA key in its SPKI form, RFC 8463 an Ed25519 key bare. */
function dnsFormOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'spki', format: 'der' }).toString('base64')
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64')
}
