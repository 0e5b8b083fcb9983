/** The fields of the app's package.json that the host uses. */
export interface Manifest {
  name?: string
  productName?: string
  version?: string
  main?: string
}

/** State of the host, set by main.ts. Like Electron, the host exists once per process. */
export const host = {
  switches: new Map<string, string>(),
  appPath: '',
  manifest: {} satisfies Manifest as Manifest,
  /** Path of the `electron` shell script, also the value of process.execPath. */
  executable: '',
  headed: Boolean(process.env['ELECTRON_HOST_HEADED']),
  ready: false,
  quitting: false,
  exiting: false,
}

/** The part of Electron's type that a class of the host implements. tsc checks it. */
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

/** An unchecked cast for values from Chromium, from the host's functions in its pages and from the host's own files. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters, typescript/no-unsafe-type-assertion
export const trusted = <T>(value: unknown): T => value as T

export function warn(problem: unknown): void {
  console.error('[electron-host]', problem)
}
