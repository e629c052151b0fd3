import type { Client } from 'pg'

const words =
  `invoice payment refund charged twice card order receipt cancel subscription upgrade downgrade seat team member
login password reset locked account export import data report broken error page slow crash mobile app android desktop
update feature request question help urgent problem missing email delivery shipping address change name company tax
vat number country currency euro dollar discount coupon trial expired renewal annual monthly plan limit quota api key
webhook integration slack calendar sync permission role admin owner invite link domain certificate sso saml audit log
security privacy policy contract quote purchase bank transfer failed pending confirmation thanks feedback survey newsletter
translation language german french japanese keyboard shortcut dark mode printer scanner attachment image video upload
download file folder search filter sort column table chart dashboard widget notification alert reminder schedule meeting`
    .split(/\s+/)
    .filter(Boolean)

/**
 * Fills a desk's receipts with what years of mail would leave: five mailboxes, 40,000 senders of whom a few write very
 * often, four dispositions in five a new ticket or an answer. Written as SQL, because only looking is measured.
 */
export async function seedReceipts(database: Client, n: number): Promise<void> {
  await database.query(
    `insert into sources (id, channel, address, name, team_id, created_at)
     select uuidv7(), 'email', 'box' || n || '@desk.test', 'Box ' || n, (select id from teams limit 1), now()
     from generate_series(1, 4) n on conflict do nothing`,
  )
  await database.query('select setseed(0.42)')
  await database.query(
    `insert into receipts (id, source_id, provider_id, content_hash, disposition, reason, from_address, subject, size,
       envelope, flagged, received_at)
     select uuidv7(make_interval(mins => -n)), b.ids[1 + least(floor(-ln(1 - r.box) * 1.6), 4)::int],
       'seed.' || n || '@customer' || n % 977 || '.test', md5(n::text), r.what,
       case r.what when 'parked' then 'It has more than 100 nested parts.' else 'It answers no message that this mailbox knows.' end,
       f.address, initcap(w.list[1 + (r.w1 * r.w1 * cardinality(w.list))::int % cardinality(w.list)]) || ' '
         || w.list[1 + (r.w2 * cardinality(w.list))::int % cardinality(w.list)] || ' '
         || w.list[1 + (r.w3 * r.w3 * cardinality(w.list))::int % cardinality(w.list)] || ' ' || n,
       4000 + n % 60000, jsonb_build_object('from', f.address, 'to', jsonb_build_array(
         case when n % 11 = 0 then 'support+tag' || n % 5000 || '@localhost' else 'support@localhost' end), 'ip', '192.0.2.1', 'helo', 'mx.test'),
       n % 5000 = 0, now() - make_interval(mins => n)
     from generate_series(1, $1::int) n
     cross join (select array_agg(id order by address desc) as ids from sources) b
     cross join (select $2::text[] as list) w
     cross join lateral (select random() as box, random() as w1, random() as w2, random() as w3, random() as who, d.what
       from (select case when x < 0.5 then 'ticketed' when x < 0.85 then 'appended' when x < 0.93 then 'suppressed'
         when x < 0.97 then 'noted' when x < 0.9995 then 'duplicate' else 'parked' end as what
         from (select random() as x where n > 0) dice) d) r
     cross join lateral (select p.person, case p.person % 4 when 0 then 'gmail.example' when 1 then 'outlook.example'
         else 'customer' || p.person % 977 || '.test' end as domain
       from (select floor(power(r.who, 4) * 40000)::int as person) p) a
     cross join lateral (select w.list[1 + a.person % cardinality(w.list)] || '.person' || a.person || '@' || a.domain as address) f`,
    [n, words],
  )
  await database.query(
    `insert into custody_counts (source_id, disposition, slot, count)
     select source_id, disposition, 0, count(*) from receipts group by source_id, disposition
     on conflict (source_id, disposition, slot) do update set count = excluded.count`,
  )
  await database.query('vacuum analyze receipts')
}
