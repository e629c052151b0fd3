import type { Id } from '#contract/ids.ts'
import type { Desk } from '#server/desk.ts'
import { uuidOf } from '#platform/ids.ts'

/** PostgreSQL refuses a search vector of more than a megabyte. */
const mostCharacters = 100_000

/**
 * Makes messages findable by their words, people, files and their ticket's subject. Addresses and file names are found whole
 * and by their parts. Indexing twice is indexing once. Brackets and words without end are broken up: the parser of PostgreSQL
 * takes time quadratic in the length of what could become a tag or a path, and one mail would hold up the search of all.
 */
export async function indexMessages(desk: Desk, messageIds: readonly Id<'msg'>[]): Promise<void> {
  await desk.connection.query({
    name: 'index-messages',
    text: `insert into message_search (message_id, ticket_id, created_at, words)
      select m.id, m.ticket_id, m.created_at, to_tsvector('simple', regexp_replace(translate(left(concat_ws(' ', t.subject, m.author_name,
          people.words, translate(people.words, '@._-+', '     '), files.words, translate(files.words, '._-', '   '),
          m.text), $2), '<>', '  '), '(\\S{250})(?=\\S)', '\\1 ', 'g'))
      from messages m join tickets t on t.id = m.ticket_id
      cross join lateral (select concat_ws(' ', m.from_address->>'email', string_agg(concat_ws(' ', p->>'name', p->>'email'), ' '))
        as words from jsonb_array_elements(m.to_addresses || m.cc_addresses) p) people
      cross join lateral (select string_agg(a.name, ' ') as words from attachments a
        where m.attachment_count > 0 and a.message_id = m.id) files
      where m.id = any($1::uuid[])
      on conflict (message_id) do nothing`,
    values: [messageIds.map(uuidOf), mostCharacters],
  })
}
