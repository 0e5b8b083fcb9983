import { z } from 'zod'

/* Keys that work while another program has the focus, as Electron writes them: `Control+Alt+P`. */

const MODIFIERS = ['Control', 'Alt', 'Shift', 'Super', 'Command'] as const
type Modifier = (typeof MODIFIERS)[number]

/** Keys by their name in `KeyboardEvent.key`, if Electron names them differently. */
const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}
const KEY =
  /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Up|Down|Left|Right|Home|End|PageUp|PageDown|Insert|Delete)$/u

/** Shift alone is not enough: such a key would be taken from every text field of the machine. */
const isEnough = (modifiers: readonly string[]): boolean => modifiers.some((one) => one !== 'Shift')

export const acceleratorSchema = z
  .string()
  .max(60)
  .refine((text) => {
    const parts = text.split('+')
    const modifiers = parts.slice(0, -1)
    const isInOrder = modifiers.join() === MODIFIERS.filter((one) => modifiers.includes(one)).join()
    return KEY.test(parts.at(-1) ?? '') && isEnough(modifiers) && isInOrder
  })

/** The part of a KeyboardEvent that names the keys. */
export interface PressedKeys {
  key: string
  code: string
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
  metaKey: boolean
}

/** Returns the pressed keys as an accelerator. Null: the key that completes it is still missing, or cannot be used. */
export function acceleratorOf(pressed: PressedKeys, isMac: boolean): string | null {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = pressed
  const isPressed: Readonly<Record<Modifier, boolean>> = {
    Control: ctrlKey,
    Alt: altKey,
    Shift: shiftKey,
    Super: metaKey && !isMac,
    Command: metaKey && isMac,
  }
  const modifiers = MODIFIERS.filter((one) => isPressed[one])
  const accelerator = [...modifiers, nameOf(key, code)].join('+')
  return acceleratorSchema.safeParse(accelerator).data ?? null
}

/** With Alt, or a layout of another script, the key types a letter that no accelerator has. Its place on the keyboard names it then. */
function nameOf(key: string, code: string): string {
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  return KEY.test(name) ? name : (/^(?:Key|Digit)([A-Z0-9])$/u.exec(code)?.[1] ?? name)
}
