import type { ChatId } from '#shared/domain/ids.ts'
import { previewedLink } from '#shared/domain/text-links.ts'
import type { LinkPreviewsService } from '../../../src/renderer/services/services.ts'
import { gardenPage } from './scenarios/links.ts'

/** One page of the web has a preview. */
export function fakeLinks(record: (name: string, ...args: unknown[]) => void): LinkPreviewsService {
  const dismissed = new Map<ChatId, string>()
  return {
    find(chatId, text) {
      record('links.find', text)
      const url = previewedLink(text)
      const isShown = url === gardenPage.url && dismissed.get(chatId) !== url
      return Promise.resolve(isShown ? gardenPage : null)
    },
    dismiss: (chatId, { url }) => void dismissed.set(chatId, url),
    sent: (chatId) => void dismissed.delete(chatId),
  }
}
