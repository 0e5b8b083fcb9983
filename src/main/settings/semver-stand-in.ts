/**
 * Replaces semver, which electron-store needs only for its own migrations. Perch migrates its settings itself (settings-file.ts), and
 * loading semver would delay the window.
 */
export default {}
