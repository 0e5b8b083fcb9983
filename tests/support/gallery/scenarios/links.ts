import { ada, me, photo } from '#shared/domain/test-data.ts'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { AppState } from '../../../../src/renderer/stores/app-store.ts'
import { makeMessage, MINUTE, NOON, preset } from './conversation.ts'

/** A page whose preview has everything. */
export const gardenPage: LinkPreview = {
  url: 'https://www.example.org/garden',
  title: 'A garden on the roof',
  description: 'How three neighbours grew tomatoes, beans and one very large pumpkin above the fifth floor.',
  image: photo.small,
}

const bodyOf = (text: string, link: LinkPreview): Pick<Message, 'body'> => ({
  body: { kind: 'text', text, link },
})

function linked(): Message[] {
  const at = (n: number, from: Message['senderId'], text: string, link: LinkPreview): Message =>
    makeMessage(n, from, NOON - (20 - n) * MINUTE, bodyOf(text, link))
  const { url } = gardenPage
  return [
    at(1, ada, `Look: ${url}`, gardenPage),
    at(2, me, url, { ...gardenPage, image: null }),
    at(3, ada, url, { ...gardenPage, description: '', image: null, title: 'Roof' }),
    at(
      4,
      me,
      `This is a longer text that wraps, because the bubble is wider than the preview would be by itself: ${url} What do you think?`,
      {
        ...gardenPage,
        description: '',
        title: 'A title that is so long that it needs a second line, and then still more room',
      },
    ),
    at(5, ada, `شاهد هذا ${url}`, {
      ...gardenPage,
      title: 'حديقة على السطح',
      description: 'كيف زرع ثلاثة جيران الطماطم فوق الطابق الخامس.',
    }),
    at(6, ada, 'This preview leads elsewhere, so it is not shown: https://example.net', gardenPage),
    at(7, me, url, { ...gardenPage, title: `\u202E${'x'.repeat(118)}`, description: 'y'.repeat(240) }),
  ]
}

/** The chat with a text that is not sent yet. */
function drafted(draft: string): Partial<AppState> {
  return preset({ messages: linked().slice(0, 2), chat: { draft } })
}

export const linkScenarios = {
  'conversation-links': () => preset({ messages: linked() }),
  'conversation-link-draft': () => drafted(`Have you seen ${gardenPage.url}?`),
} satisfies Record<string, () => Partial<AppState>>
