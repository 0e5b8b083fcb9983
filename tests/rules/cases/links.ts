import { cases, without, type Fields, type Firestore, type RuleCase, type RuleSuite } from '../world.ts'
import { change, conversation, edit, ids, message, messagePath, send } from './conversation.ts'
import { bodies } from './media.ts'

/* Texts with the preview of a link. */

const link: Fields = {
  url: 'https://example.org/a?b=c#d',
  title: 'A garden',
  description: 'On the roof',
  image: 'UklGRg==',
}
const body = { kind: 'text', text: 'See https://example.org/a?b=c#d' }

const allowed: Record<string, Fields> = {
  everything: {},
  'no description and no picture': { description: '', image: null },
  'the shortest texts': { url: 'http://a', title: 'x', description: '', image: 'AA==' },
  'the longest texts': {
    url: `https://${'x'.repeat(2040)}`,
    title: 'x'.repeat(120),
    description: 'x'.repeat(240),
    image: 'A'.repeat(6000),
  },
}

const denied: Record<string, Fields> = {
  'a link that is no URL': { url: 'example.org' },
  'a link to a program': { url: 'javascript:alert(1)' },
  'a link to a file': { url: 'file:///etc/passwd' },
  'a link in the middle of its field': { url: 'x https://example.org' },
  'a link with a space': { url: 'https://example.org/a b' },
  'a link with a line break': { url: 'https://example.org/\nb' },
  'a link with other letters': { url: 'https://exämple.org/' },
  'a link without a server': { url: 'https://' },
  'a link that is too long': { url: `https://${'x'.repeat(2041)}` },
  'a link that is a list': { url: ['https://example.org'] },
  'an empty title': { title: '' },
  'a title that is too long': { title: 'x'.repeat(121) },
  'a title that is null': { title: null },
  'a description that is too long': { description: 'x'.repeat(241) },
  'a description that is null': { description: null },
  'a picture that is too long': { image: 'A'.repeat(6001) },
  'an empty picture': { image: '' },
  'a picture that is a URL': { image: 'https://example.org/a.png' },
  'a picture that is a list': { image: ['AAAA'] },
  'a picture with three signs of padding': { image: 'A===' },
  'an extra field': { site: 'example.org' },
}

function sending(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  const write = (db: Firestore, value: unknown, patch: Fields = {}): Promise<void> =>
    send(db, 'alice', { message: { body: { ...body, ...patch, link: value } } })
  for (const [name, patch] of Object.entries(allowed))
    allow(`a preview with ${name}`, ({ alice }) => write(alice, { ...link, ...patch }))
  denyEach(denied, ({ alice }, patch) => write(alice, { ...link, ...patch }))
  denyEach(
    Object.fromEntries(Object.keys(link).map((name) => [`a preview without ${name}`, name])),
    ({ alice }, name) => write(alice, without(link, name)),
  )
  denyEach<unknown>(
    { 'a preview that is null': null, 'a preview that is a URL': link['url'], 'a list of previews': [link] },
    ({ alice }, value) => write(alice, value),
  )
  deny('a preview without a text', ({ alice }) => write(alice, link, { text: '' }))
  deny('a preview by a stranger', ({ mallory }) =>
    send(mallory, 'mallory', { message: { body: { ...body, link } } }),
  )
  denyEach(
    Object.fromEntries(Object.entries(bodies).map(([kind, other]) => [`a ${kind} with a preview`, other])),
    ({ alice }, other) => send(alice, 'alice', { message: { body: { ...other, link } } }),
  )
  return all
}

/** An edit changes the words only. A reader drops a preview whose link they do not contain any more. */
function editing(): RuleCase[] {
  const path = messagePath(ids.first)
  const { allow, denyEach, all } = cases({
    ...conversation,
    [path]: { ...message('alice', '', 9), body: { ...body, link } },
  })
  const text = 'Corrected'
  allow('the text beside a preview is changed', ({ alice }) =>
    change(alice, ids.first, { ...edit, body: { ...body, text, link } }),
  )
  denyEach<Fields>(
    {
      'a preview is removed': { ...body, text },
      'a preview is exchanged': { ...body, text, link: { ...link, title: 'Another' } },
    },
    ({ alice }, changed) => change(alice, ids.first, { ...edit, body: changed }),
  )
  return all
}

export const linksSuite: RuleSuite = {
  block: 'chats/{chatId}/messages/{messageId}',
  cases: [...sending(), ...editing()],
}
