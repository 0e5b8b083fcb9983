import { graphemes } from '#shared/domain/graphemes.ts'

/*
 * Names of files from other people. They are shown, and used for a file only after `safeFileName`, and only where the person saves it.
 */

/** Longest name of a file on all systems, in bytes of UTF-8. */
const MAX_BYTES = 255
/** An extension longer than this is not kept when a name is cut. */
const MAX_EXTENSION = 16

/** Names that Windows gives to devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i
/** What changes the order in which a name is shown, or does not show at all: `fdp.exe` could look like `exe.pdf`. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu

/** Extensions of files that are programs, or that make the system run something when they are opened. */
const PROGRAMS = new Set(
  `exe com scr pif bat cmd msi msp msix appx ps1 psm1 psd1 vbs vbe js jse ws wsf wsh wsc sct hta cpl dll ocx sys drv reg inf lnk url
  jar jnlp application gadget scf chm hlp msc library-ms search-ms settingcontent-ms theme diagcab xll xlam docm xlsm pptm iso img vhd vhdx
  app command tool dmg pkg mpkg workflow action terminal fileloc webloc inetloc scpt scptd applescript osascript mobileconfig prefpane kext
  sh bash zsh fish csh ksh run bin out elf so appimage deb rpm flatpakref snap desktop service py pyw pyc pl rb php lua tcl apk xapk htm html
  xhtml mht mhtml svg xml xsl`.split(/\s+/),
)

/** Returns a name that is safe on every system: one segment, visible characters only, not reserved, at most 255 bytes. */
export function safeFileName(name: string, fallback = 'file'): string {
  const visible = name.normalize('NFC').replaceAll(INVISIBLE, '')
  const segment = visible.split(/[/\\]/).findLast((part) => !/^[\s.]*$/.test(part)) ?? ''
  const plain = segment
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/^[\s.]+|[\s.]+$/g, '')
    .replaceAll(/\s+/g, ' ')
  const named = plain === '' ? fallback : plain
  return cut(RESERVED.test(named) ? `_${named}` : named)
}

/** Whether opening the file could run something. The last extension decides, as it does for the system. */
export function isProgram(name: string): boolean {
  return PROGRAMS.has(extensionOf(name).toLowerCase())
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1)
}

/** Shortens the part before the extension, by whole characters. */
function cut(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name
  const extension = extensionOf(name)
  const ending = extension !== '' && extension.length <= MAX_EXTENSION ? `.${extension}` : ''
  const room = MAX_BYTES - Buffer.byteLength(ending)
  let kept = ''
  let bytes = 0
  for (const character of graphemes(name.slice(0, name.length - ending.length))) {
    bytes += Buffer.byteLength(character)
    if (bytes > room) break
    kept += character
  }
  return kept.trimEnd() + ending
}
