/** What a form can mend travels in the payload of the mutation; everything else is an error of the operation. */
import { Field, ObjectType } from 'type-graphql';
import { DomainError, type UserError as UserErrorData } from '../kernel/domain-error.ts';
import { InheritAccess } from './require-scopes.ts';

@InheritAccess()
@ObjectType({ description: 'A rule that one field of the input broke.', simpleResolvers: true })
export class UserError {
  @Field(() => String, { description: 'Stable, for programs: `TAKEN`, `TOO_SHORT`, …' })
  code!: string;

  @Field(() => String, { description: 'One plain English sentence.' })
  message!: string;

  @Field(() => [String], { description: 'Where in the input, e.g. `["redirectUris", "0"]`.' })
  path!: string[];
}

type Payload<T> = { [K in keyof T]: T[K] | undefined } & { userErrors: readonly UserErrorData[] };

/** Runs a mutation: what a form can mend becomes the payload's `userErrors`, without a result beside it. */
export const withUserErrors = async <T extends object>(change: () => Promise<T>): Promise<Payload<T>> => {
  try {
    return { ...(await change()), userErrors: [] };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'INVALID_INPUT') {
      return { userErrors: error.userErrors } as unknown as Payload<T>;
    }
    throw error;
  }
};
