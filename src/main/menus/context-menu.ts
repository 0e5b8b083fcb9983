import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'

/** Adds a context menu: editing commands and spelling suggestions in text fields, Copy on selected text, nothing elsewhere. */
export function attachContextMenu(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on(
    'context-menu',
    (_event, { isEditable, selectionText, editFlags, dictionarySuggestions }) => {
      const suggestions = dictionarySuggestions.map((word): MenuItemConstructorOptions => ({
        label: word,
        click: () => webContents.replaceMisspelling(word),
      }))
      const editingItems: MenuItemConstructorOptions[] = [
        ...suggestions,
        ...(suggestions.length === 0 ? [] : [{ type: 'separator' as const }]),
        { role: 'cut', enabled: editFlags.canCut },
        { role: 'copy', enabled: editFlags.canCopy },
        { role: 'paste', enabled: editFlags.canPaste },
        { type: 'separator' },
        { role: 'selectAll' },
      ]
      const items = isEditable ? editingItems : selectionText === '' ? [] : [{ role: 'copy' as const }]
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
    },
  )
}
