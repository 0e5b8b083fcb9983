import { originOf } from './url-map.ts'

interface Contents {
  readonly id: number
  getURL(): string
  isDestroyed(): boolean
}

/** The main frame of a page. It stays the same object as long as its WebContents exists. */
export class MainFrame {
  readonly parent = null
  readonly frames = []
  readonly detached = false
  readonly processId = 1
  readonly routingId: number
  readonly frameTreeNodeId: number
  readonly #contents: Contents

  constructor(contents: Contents) {
    this.#contents = contents
    this.routingId = contents.id
    this.frameTreeNodeId = contents.id
  }

  get top(): this {
    return this
  }
  get url(): string {
    return this.#contents.getURL()
  }
  get origin(): string {
    return originOf(this.url)
  }
  isDestroyed(): boolean {
    return this.#contents.isDestroyed()
  }
}
