import { ownPhotoSchema } from '../domain/account.ts'
import { defineCollection } from './collection.ts'

/** This person's own photo. The collection has one document. */
export const photo = defineCollection('photo', ownPhotoSchema)
