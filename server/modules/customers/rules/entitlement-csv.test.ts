import { describe, expect, test } from 'vitest'
import { parseCsv } from './csv.ts'
import { readEntitlementCsv } from './entitlement-csv.ts'

const asOf = '2026-11-02T09:00:00Z'
const read = (text: string) => readEntitlementCsv(text, asOf)

describe('CSV', () => {
  test.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a byte order mark, CRLF and no end of line',
      '\uFEFFa,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'semicolons, as spreadsheets of half of Europe write',
      'a;b\n"1,5";2',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes, with a comma, a quote and a line break inside',
      'a,b\n"1,""x""\n2",3',
      [
        ['a', 'b'],
        ['1,"x"\n2', '3'],
      ],
    ],
    [
      'empty fields and empty lines',
      'a,b\n\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_name, text, rows) => {
    expect(parseCsv(text)).toEqual({ rows: rows.map((fields) => expect.objectContaining({ fields })), problem: null })
  })

  test('lines are counted through quoted line breaks', () => {
    expect(parseCsv('a\n"1\n2"\n3').rows.map(({ line }) => line)).toEqual([1, 2, 4])
  })

  test.each([
    ['a\n"1', 2, 'never closed'],
    ['a\n1\n"2"3', 3, 'after a closing'],
  ])('%j cannot be read', (text, line, words) => {
    expect(parseCsv(text).problem).toEqual({ line, message: expect.stringContaining(words) })
  })
})

describe('entitlements of a CSV', () => {
  test('every column is read, quotas among them', () => {
    const { good, problems } = read(
      'Key,kind,name,email,domain,access,access_until,plan,seats,seats_used,limit:questions,used:questions,occurred_at\n' +
        'ws_1,workspace,Acme,Ann@Acme.test,acme.test,revoked,2026-12-01,Team,40,37,1000,12,2026-11-01T08:00:00Z\n',
    )
    expect(problems).toEqual([])
    expect(good).toEqual([
      {
        key: 'ws_1',
        state: {
          kind: 'workspace',
          name: 'Acme',
          email: 'ann@acme.test',
          domain: 'acme.test',
          access: 'revoked',
          accessUntil: '2026-12-01T00:00:00Z',
          plan: 'Team',
          seats: 40,
          seatsUsed: 37,
          quotas: [{ name: 'questions', limit: 1000, used: 12 }],
          occurredAt: '2026-11-01T08:00:00Z',
        },
      },
    ])
  })

  test('a row without a time of its own is as old as the file', () => {
    expect(read('key,email\nws_1,ann@acme.test').good[0]?.state).toMatchObject({ access: 'granted', occurredAt: asOf })
  })

  test('what is wrong with a row is named by line and column, and the others are read', () => {
    const { rows, good, problems } = read(
      'key,email,access,seats,access_until\n' +
        'ws_1,ann@acme.test,granted,10,\n' +
        'ws 2,ann@acme.test,granted,10,\n' +
        'ws_3,nobody,granted,10,\n' +
        'ws_4,ann@acme.test,maybe,10,\n' +
        'ws_5,ann@acme.test,granted,ten,\n' +
        'ws_6,ann@acme.test,granted,10,tomorrow\n' +
        'ws_7,,granted,10,\n' +
        'ws_1,ann@acme.test,granted,10,\n' +
        'ws_8,ann@acme.test\n',
    )
    expect(rows).toBe(9)
    expect(good.map(({ key }) => key)).toEqual(['ws_1'])
    expect(problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '3 key',
      '4 email',
      '5 access',
      '6 seats',
      '7 access_until',
      '8 email',
      '9 key',
      '10 null',
    ])
  })

  test.each([
    ['', 'empty'],
    ['email\nann@acme.test', 'no column key'],
    ['key,email,colour\nws_1,ann@acme.test,red', 'not a column'],
    ['key,key\n1,2', 'twice'],
    [`key,email\n${'ws,a@b.test\n'.repeat(50_001)}`, 'at most 50000'],
  ])('a head that cannot be meant is refused as a whole', (text, words) => {
    const { good, problems } = read(text)
    expect(good).toEqual([])
    expect(problems.map(({ message }) => message).join()).toContain(words)
  })
})
