/** What main.ts found in the command line and the app's package.json. The host lives once in a process, like Electron. */
export interface Manifest {
  name?: string
  productName?: string
  version?: string
  main?: string
}

export const host = {
  switches: new Map<string, string>(),
  appPath: '',
  manifest: {} satisfies Manifest as Manifest,
  /** Path of the `electron` shell entry: what process.execPath answers. */
  executable: '',
  headed: Boolean(process.env['ELECTRON_HOST_HEADED']),
  ready: false,
  quitting: false,
  exiting: false,
}

/** A stand-in says by this which part of Electron's type it implements; tsc checks it. */
export type Has<T, K extends keyof T> = Pick<T, K>

export type HostEvent<P extends object = object> = P & { defaultPrevented: boolean; preventDefault(): void }

/** An event whose default can be prevented, with the fields of Electron's Event<Params>. */
export function hostEvent(): HostEvent
export function hostEvent<P extends object>(params: P): HostEvent<P>
export function hostEvent(params: object = {}): HostEvent {
  const event = {
    ...params,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}

/** What Chromium, our own functions in its pages and our own files say is taken at its word: this is test support. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters, typescript/no-unsafe-type-assertion
export const trusted = <T>(value: unknown): T => value as T

export function warn(problem: unknown): void {
  console.error('[electron-host]', problem)
}
