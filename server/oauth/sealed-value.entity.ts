import { defineEntity, p } from '@mikro-orm/postgresql';

const SealedValueSchema = defineEntity({
  name: 'SealedValue',
  tableName: 'sealed_value',
  properties: {
    name: p.text().primary(),
    /** AES-256-GCM under a key derived from the operator's secret. */
    sealed: p.blob().hidden(),
    createdAt: p.datetime(),
  },
});

/** A secret that was made here and must outlive a change of the operator's: the salt of pairwise subjects. */
export class SealedValue extends SealedValueSchema.class {}

SealedValueSchema.setClass(SealedValue);
