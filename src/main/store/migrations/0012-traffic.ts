/* traffic: bytes of files that were sent and received. month: local time, `2026-03`. */
export const traffic = `
CREATE TABLE traffic (
  month TEXT PRIMARY KEY,
  sent INTEGER NOT NULL,
  received INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
