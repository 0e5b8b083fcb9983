import type * as E from 'electron'
import { EventEmitter } from 'node:events'
import { hostEvent } from './state.ts'

type Template = E.MenuItemConstructorOptions

/** `click()` acts like a person's click: it does nothing when disabled, toggles a checkbox, and calls the app's handler. */
export class MenuItem {
  id: string
  label: string
  type: NonNullable<Template['type']>
  role: Template['role']
  accelerator: string | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  submenu: Menu | undefined
  readonly #template: Template

  constructor(template: Template) {
    const { submenu } = template
    this.#template = template
    this.id = template.id ?? ''
    this.label = template.label ?? template.role ?? ''
    this.type = template.type ?? (submenu ? 'submenu' : 'normal')
    this.role = template.role
    this.accelerator = template.accelerator
    this.enabled = template.enabled ?? true
    this.visible = template.visible ?? true
    this.checked = template.checked ?? false
    if (Array.isArray(submenu)) this.submenu = Menu.buildFromTemplate(submenu)
    else if (submenu instanceof Menu) this.submenu = submenu
  }

  click(...args: unknown[]): void {
    if (!this.enabled) return
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.checked = true
    const handler: unknown = this.#template.click
    if (typeof handler === 'function') Reflect.apply(handler, this, [this, undefined, ...args])
  }
}

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly (Template | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }

  static #application: Menu | null = null
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  popup(): void {
    this.emit('menu-will-show', hostEvent())
  }
}
