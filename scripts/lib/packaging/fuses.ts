import { join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { LinuxPackager, type AfterPackContext } from 'electron-builder'

/** All fuses of Electron, each with its state in our packages. */
export const FUSES = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Only makes checks of WebAssembly's memory faster. Electron's default.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies Record<FuseV1Options, boolean>

/**
 * electron-builder's hook before signing. Its own option `electronFuses` does not know all fuses, and leaves a fuse that a
 * newer Electron adds as it is. This fails instead.
 */
export default async function afterPack(context: AfterPackContext): Promise<void> {
  const { appOutDir, electronPlatformName, packager } = context
  const { productFilename } = packager.appInfo
  const suffixes: Record<string, string> = { darwin: '.app', win32: '.exe' }
  const program = packager instanceof LinuxPackager ? packager.executableName : productFilename
  await flipFuses(join(appOutDir, `${program}${suffixes[electronPlatformName] ?? ''}`), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    ...FUSES,
  })
}
