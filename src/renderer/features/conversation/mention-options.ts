import { displayName, foldForSearch, personTitle } from '#shared/domain/display-text.ts'
import { mayMentionEveryone, type Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT, type Person } from '#shared/domain/person.ts'
import { EVERYONE, type Mentioned } from '#shared/messages/mentions.ts'

/** Most rows of the picker. */
const MAX_OPTIONS = 6

/** Someone who can be mentioned. */
export interface MentionOption {
  who: Mentioned
  /** The name that the writer knows. */
  name: string
  /** The name that the text gets. It is public, so that the other members do not learn the private name. */
  label: string
}

interface MentionSource {
  memberIds: readonly UserId[]
  group: Group | null
  people: ReadonlyMap<UserId, Person>
  me: UserId
  words: { unknown: string; everyone: string }
  locale: string
}

/** Returns who can be mentioned by a name that starts with `query` or has such a word, sorted by name. Everyone is for admins only. */
export function mentionOptions(source: MentionSource, query: string): MentionOption[] {
  const { memberIds, group, people, me, words, locale } = source
  const others = memberIds
    .filter((id) => id !== me && people.get(id)?.blocked !== true)
    .map((who): MentionOption => {
      const person = people.get(who)
      return {
        who,
        name: personTitle(person) || words.unknown,
        label: displayName(person?.displayName ?? '', NAME_LIMIT) || words.unknown,
      }
    })
  const { compare } = new Intl.Collator(locale)
  const everyone = { who: EVERYONE, name: words.everyone, label: words.everyone } as const
  const all = group !== null && mayMentionEveryone(group, me) ? [everyone] : []
  const wanted = wordsOf(query)
  return [...all, ...others.toSorted((a, b) => compare(a.name, b.name))]
    .filter(({ name, label }) => [name, label].some((one) => wordsOf(one).includes(wanted)))
    .slice(0, MAX_OPTIONS)
}

/** The words of a name, each after a space. */
function wordsOf(name: string): string {
  return ` ${foldForSearch(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trimStart()}`
}
