/** The shapes of what people say about themselves: a postal address, and the changes of a profile. */
import { Field, InputType, ObjectType } from 'type-graphql';
import { InheritAccess } from '../graphql/require-scopes.ts';

@InheritAccess()
@ObjectType({ simpleResolvers: true, description: 'A postal address (OpenID Connect Core §5.1.1).' })
export class PostalAddress {
  @Field(() => String, { nullable: true, description: 'The whole of it as it stands on an envelope, line by line.' })
  formatted?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Street, number and what else leads to the door; can have several lines.',
  })
  streetAddress?: string;

  @Field(() => String, { nullable: true, description: 'City.' })
  locality?: string;

  @Field(() => String, { nullable: true, description: 'State, province or region.' })
  region?: string;

  @Field(() => String, { nullable: true })
  postalCode?: string;

  @Field(() => String, { nullable: true })
  country?: string;
}

@InputType()
export class PostalAddressInput {
  @Field(() => String, { nullable: true })
  formatted?: string | null;

  @Field(() => String, { nullable: true })
  streetAddress?: string | null;

  @Field(() => String, { nullable: true })
  locality?: string | null;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String, { nullable: true })
  postalCode?: string | null;

  @Field(() => String, { nullable: true })
  country?: string | null;
}

@InputType({ description: 'What is left out stays; null takes it away.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true })
  givenName?: string | null;

  @Field(() => String, { nullable: true })
  middleName?: string | null;

  @Field(() => String, { nullable: true })
  familyName?: string | null;

  @Field(() => String, { nullable: true })
  nickname?: string | null;

  @Field(() => String, { nullable: true })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'An address that begins with `https://`.' })
  profileUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'An address that begins with `https://`.' })
  pictureUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'An address that begins with `https://`.' })
  website?: string | null;

  @Field(() => String, { nullable: true, description: '50 characters at most.' })
  gender?: string | null;

  @Field(() => String, { nullable: true, description: '`YYYY-MM-DD`, `0000-MM-DD` without the year, or `YYYY` alone.' })
  birthdate?: string | null;

  @Field(() => String, { nullable: true, description: 'With the country code; blanks and hyphens are taken out.' })
  phoneNumber?: string | null;

  @Field(() => String, { nullable: true })
  locale?: string | null;

  @Field(() => String, { nullable: true })
  zoneinfo?: string | null;

  @Field(() => PostalAddressInput, { nullable: true, description: 'Takes the place of the whole address.' })
  address?: PostalAddressInput | null;
}
