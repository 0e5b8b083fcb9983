import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'

/** The system's editing menu for text fields, with spelling suggestions, and for selected text; elsewhere none. */
export function attachContextMenu(window: BrowserWindow): void {
  const { webContents } = window
  webContents.on(
    'context-menu',
    (_event, { isEditable, selectionText, editFlags, dictionarySuggestions }) => {
      const suggestions = dictionarySuggestions.map((word): MenuItemConstructorOptions => ({
        label: word,
        click: () => webContents.replaceMisspelling(word),
      }))
      const editing: MenuItemConstructorOptions[] = [
        ...suggestions,
        ...(suggestions.length === 0 ? [] : [{ type: 'separator' as const }]),
        { role: 'cut', enabled: editFlags.canCut },
        { role: 'copy', enabled: editFlags.canCopy },
        { role: 'paste', enabled: editFlags.canPaste },
        { type: 'separator' },
        { role: 'selectAll' },
      ]
      const items = isEditable ? editing : selectionText === '' ? [] : [{ role: 'copy' as const }]
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
    },
  )
}
