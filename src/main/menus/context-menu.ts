import { Menu, type BrowserWindow, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron'
import type { Translate } from '../i18n.ts'

/** Adds a context menu: editing commands and spelling suggestions in text fields, Copy on selected text, nothing elsewhere. */
export function attachContextMenu(window: BrowserWindow, t: Translate): void {
  const { webContents } = window
  webContents.on('context-menu', (_event, params) => {
    const { isEditable, selectionText, editFlags } = params
    const editingItems: MenuItemConstructorOptions[] = [
      ...spellingItems(window, t, params),
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll' },
    ]
    const items = isEditable ? editingItems : selectionText === '' ? [] : [{ role: 'copy' as const }]
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}

/** For a word that the spell checker does not know. */
function spellingItems(
  { webContents }: BrowserWindow,
  t: Translate,
  { misspelledWord, dictionarySuggestions }: ContextMenuParams,
): MenuItemConstructorOptions[] {
  if (misspelledWord === '') return []
  const suggestions = dictionarySuggestions.map((word): MenuItemConstructorOptions => ({
    label: word,
    click: () => webContents.replaceMisspelling(word),
  }))
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: t('menu.noSuggestions'), enabled: false }]),
    { type: 'separator' },
    {
      id: 'add-to-dictionary',
      label: t('menu.addToDictionary'),
      click: () => void webContents.session.addWordToSpellCheckerDictionary(misspelledWord),
    },
    { type: 'separator' },
  ]
}
