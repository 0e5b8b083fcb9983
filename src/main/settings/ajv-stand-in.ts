/*
 * electron-store includes the JSON Schema validator ajv, which would take a fifth of main's start. Perch does not use it: zod reads
 * the settings (settings-file.ts). The build replaces ajv and ajv-formats with this file (electron.vite.config.ts).
 */
export class Ajv2020 {
  constructor() {
    throw new Error('The option `schema` of electron-store is left out of this build')
  }
}

export default Ajv2020
