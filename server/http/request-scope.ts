/** Gives a request its own ORM context: services that hold `orm.em` reach it from here on. */
import { type MikroORM, RequestContext } from '@mikro-orm/postgresql';
import type { RequestHandler } from 'express';

export const requestScope =
  (orm: MikroORM): RequestHandler =>
  (_req, _res, next) =>
    RequestContext.create(orm.em, next);
