import { z } from 'zod'

// Import this before any module that parses with zod. Otherwise zod tests whether it may compile code, and the content
// security policy blocks and reports that.
z.config({ jitless: true })
