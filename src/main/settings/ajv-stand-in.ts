/*
 * electron-store includes the JSON Schema validator ajv, which would be half of main's code. Perch does not use it: zod reads the
 * settings (settings-file.ts). The build replaces ajv and ajv-formats with this file (electron.vite.config.ts).
 */
export function Ajv2020(): never {
  throw new Error('The option `schema` of electron-store is left out of this build')
}

export default function ajvFormats(): never {
  throw new Error('The option `schema` of electron-store is left out of this build')
}
